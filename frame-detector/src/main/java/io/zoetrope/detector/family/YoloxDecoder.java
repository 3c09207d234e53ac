package io.zoetrope.detector.family;

import io.zoetrope.detector.boxes.Candidates;
import io.zoetrope.detector.boxes.OutputDecoder;
import java.nio.FloatBuffer;

/**
 * Decodes {@code float[n][5+classes]} as {@code postprocess} in {@code yolox/utils/boxes.py} of the
 * repository YOLOX does: a box passes when objectness times its best class score is at least the
 * threshold.
 */
final class YoloxDecoder implements OutputDecoder {
  private static final int OBJECTNESS = 4;

  private final int rows;
  private final BoxReader boxes;
  private final float[] row;

  private YoloxDecoder(int rows, int classes, BoxReader boxes) {
    this.rows = rows;
    this.boxes = boxes;
    this.row = new float[Yolox.BOX_COLUMNS + classes];
  }

  /** Reads boxes off the grid, as {@code decode_outputs} of YOLOX's head does. */
  static YoloxDecoder raw(int classes, StrideGrid grid) {
    return new YoloxDecoder(
        grid.cells(),
        classes,
        (row, cell, score, classId, found) -> {
          float stride = grid.stride(cell);
          found.addCentred(
              (row[0] + grid.column(cell)) * stride,
              (row[1] + grid.row(cell)) * stride,
              (float) Math.exp(row[2]) * stride,
              (float) Math.exp(row[3]) * stride,
              score,
              classId);
        });
  }

  /** Takes boxes as they are, in pixels of the input. */
  static YoloxDecoder decoded(int classes, int rows) {
    return new YoloxDecoder(
        rows,
        classes,
        (row, cell, score, classId, found) ->
            found.addCentred(row[0], row[1], row[2], row[3], score, classId));
  }

  @Override
  public void decode(FloatBuffer output, float confidence, Candidates found) {
    for (int cell = 0; cell < rows; cell++) {
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
    int best = ClassScores.best(row, Yolox.BOX_COLUMNS);
    float score = row[OBJECTNESS] * row[best];
    if (!(score < confidence)) {
      boxes.add(row, cell, score, best - Yolox.BOX_COLUMNS, found);
    }
  }

  @Override
  public boolean passes(float score, float confidence) {
    return score >= confidence;
  }

  /** Adds the box of a row whose score and class are known. */
  private interface BoxReader {
    void add(float[] row, int cell, float score, int classId, Candidates found);
  }
}
