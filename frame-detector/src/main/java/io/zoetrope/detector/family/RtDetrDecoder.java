package io.zoetrope.detector.family;

import io.zoetrope.detector.boxes.Candidates;
import io.zoetrope.detector.boxes.OutputDecoder;
import java.nio.FloatBuffer;

/**
 * Decodes {@code float[q][4+classes]} as {@code RTDETRPredictor.postprocess} of the package
 * ultralytics does: a query passes when its best score is above the threshold, and the first class
 * with that score is its class.
 */
final class RtDetrDecoder implements OutputDecoder {
  private static final int BOX_COLUMNS = 4;

  private final int queries;
  private final float width;
  private final float height;
  private final float[] row;

  /**
   * @param width of the input in pixels, likewise {@code height}
   */
  RtDetrDecoder(int queries, int classes, int width, int height) {
    this.queries = queries;
    this.width = width;
    this.height = height;
    this.row = new float[BOX_COLUMNS + classes];
  }

  @Override
  public void decode(FloatBuffer output, float confidence, Candidates found) {
    for (int query = 0; query < queries; query++) {
      output.get(query * row.length, row);
      int best = ClassScores.best(row, BOX_COLUMNS);
      // Not "above": a NaN has to get through to be reported.
      if (!(row[best] <= confidence)) {
        found.addCentred(
            row[0] * width,
            row[1] * height,
            row[2] * width,
            row[3] * height,
            row[best],
            best - BOX_COLUMNS);
      }
    }
  }
}
