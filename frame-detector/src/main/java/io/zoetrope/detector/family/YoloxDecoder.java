package io.zoetrope.detector.family;

import io.zoetrope.detector.boxes.Candidates;
import io.zoetrope.detector.boxes.OutputDecoder;
import java.nio.FloatBuffer;

/**
 * Decodes {@code float[n][5+classes]} as YOLOX's {@code decode_outputs} and {@code postprocess} do:
 * a box passes when objectness times its best class score is at least the threshold.
 */
final class YoloxDecoder implements OutputDecoder {
  private static final int OBJECTNESS = 4;

  private final StrideGrid grid;
  private final float[] row;

  YoloxDecoder(int classes, StrideGrid grid) {
    this.grid = grid;
    this.row = new float[Yolox.BOX_COLUMNS + classes];
  }

  @Override
  public void decode(FloatBuffer output, float confidence, Candidates found) {
    for (int cell = 0; cell < grid.cells(); cell++) {
      int start = cell * row.length;
      // Class scores are sigmoids and never lift the product above the objectness. Not "at least":
      // a NaN has to get through to be reported.
      if (!(output.get(start + OBJECTNESS) < confidence)) {
        output.get(start, row);
        decodeRow(cell, confidence, found);
      }
    }
  }

  private void decodeRow(int cell, float confidence, Candidates found) {
    int best = Yolox.BOX_COLUMNS;
    for (int column = best + 1; column < row.length; column++) {
      if (!(row[column] <= row[best])) {
        best = column;
      }
    }
    float score = row[OBJECTNESS] * row[best];
    if (!(score < confidence)) {
      float stride = grid.stride(cell);
      found.addCentred(
          (row[0] + grid.column(cell)) * stride,
          (row[1] + grid.row(cell)) * stride,
          (float) Math.exp(row[2]) * stride,
          (float) Math.exp(row[3]) * stride,
          score,
          best - Yolox.BOX_COLUMNS);
    }
  }

  @Override
  public boolean passes(float score, float confidence) {
    return score >= confidence;
  }
}
