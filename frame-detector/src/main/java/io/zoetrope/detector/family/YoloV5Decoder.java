package io.zoetrope.detector.family;

import io.zoetrope.detector.boxes.Candidates;
import io.zoetrope.detector.boxes.OutputDecoder;
import java.nio.FloatBuffer;

/**
 * Decodes {@code float[n][5+classes]} as {@code non_max_suppression} in {@code utils/general.py} of
 * the repositories yolov5 and yolov7 does with {@code multi_label} off: a box passes when its
 * objectness is above the threshold, and then its best product of objectness and class score is,
 * too; the first class with that product is its class.
 */
final class YoloV5Decoder implements OutputDecoder {
  private static final int OBJECTNESS = 4;

  private final int boxes;
  private final float[] row;
  private final boolean objectnessIsScore;

  /**
   * @param objectnessIsScore not multiplied with the scores, as yolov7 has it for one class
   */
  YoloV5Decoder(int boxes, int classes, boolean objectnessIsScore) {
    this.boxes = boxes;
    this.row = new float[YoloV5.BOX_COLUMNS + classes];
    this.objectnessIsScore = objectnessIsScore;
  }

  @Override
  public void decode(FloatBuffer output, float confidence, Candidates found) {
    for (int box = 0; box < boxes; box++) {
      int start = box * row.length;
      // Not "above", here and below: a NaN has to get through to be reported.
      if (!(output.get(start + OBJECTNESS) <= confidence)) {
        output.get(start, row);
        decodeRow(confidence, found);
      }
    }
  }

  private void decodeRow(float confidence, Candidates found) {
    float objectness = row[OBJECTNESS];
    // Before the search for the best: rounded products may be equal where scores are not.
    for (int column = YoloV5.BOX_COLUMNS; column < row.length; column++) {
      row[column] = objectnessIsScore ? objectness : row[column] * objectness;
    }
    int best = ClassScores.best(row, YoloV5.BOX_COLUMNS);
    if (!(row[best] <= confidence)) {
      found.addCentred(row[0], row[1], row[2], row[3], row[best], best - YoloV5.BOX_COLUMNS);
    }
  }
}
