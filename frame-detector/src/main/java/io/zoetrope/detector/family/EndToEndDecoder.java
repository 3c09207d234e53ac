package io.zoetrope.detector.family;

import io.zoetrope.detector.boxes.Candidates;
import io.zoetrope.detector.boxes.OutputDecoder;
import java.nio.FloatBuffer;

/**
 * Decodes {@code float[k][6]} as {@code non_max_suppression} in {@code utils/nms.py} of the package
 * ultralytics does for models that are end-to-end: a row passes when its score is above the
 * threshold. Exports with NMS inside may give fewer rows where they find less.
 */
final class EndToEndDecoder implements OutputDecoder {
  private static final int SCORE = 4;
  private static final int CLASS = 5;

  private final int classes;
  private final float[] row = new float[6];

  EndToEndDecoder(int classes) {
    this.classes = classes;
  }

  @Override
  public void decode(FloatBuffer output, float confidence, Candidates found) {
    for (int start = 0; start < output.limit(); start += row.length) {
      // Not "above": a NaN has to get through to be reported.
      if (!(output.get(start + SCORE) <= confidence)) {
        output.get(start, row);
        found.add(row[0], row[1], row[2], row[3], row[SCORE], classId());
      }
    }
  }

  @Override
  public boolean takesAnyRows() {
    return true;
  }

  private int classId() {
    if (!(row[CLASS] > -1 && row[CLASS] < classes)) {
      throw new ArithmeticException(
          "a box in the model's output is of class %.0f, but only %d classes have names"
              .formatted(row[CLASS], classes));
    }
    return (int) row[CLASS];
  }
}
