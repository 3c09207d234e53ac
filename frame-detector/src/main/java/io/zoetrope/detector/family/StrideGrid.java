package io.zoetrope.detector.family;

import java.util.List;
import java.util.Optional;

/** The cells of a head: one grid for each stride, rows from the top, finest first. */
final class StrideGrid {
  /** Those of most models, of P6 models, of P2 models, of both, and of tiny models of v3. */
  private static final List<List<Integer>> STRIDES =
      List.of(
          List.of(8, 16, 32),
          List.of(8, 16, 32, 64),
          List.of(4, 8, 16, 32),
          List.of(4, 8, 16, 32, 64),
          List.of(16, 32));

  private final int cells;
  private final float[] column;
  private final float[] row;
  private final float[] stride;

  StrideGrid(int width, int height) {
    this(width, height, STRIDES.get(0));
  }

  private StrideGrid(int width, int height, List<Integer> strides) {
    cells = count(width, height, strides);
    column = new float[cells];
    row = new float[cells];
    stride = new float[cells];
    int cell = 0;
    for (int pixels : strides) {
      for (int y = 0; y < height / pixels; y++) {
        for (int x = 0; x < width / pixels; x++, cell++) {
          column[cell] = x;
          row[cell] = y;
          stride[cell] = pixels;
        }
      }
    }
  }

  /**
   * The grid with so many cells over the input of a model, where its strides are among the known
   * ones.
   */
  static Optional<StrideGrid> of(ModelSignature signature, int cells) {
    int width = signature.inputWidth();
    int height = signature.inputHeight();
    return STRIDES.stream()
        .filter(strides -> count(width, height, strides) == cells)
        .findFirst()
        .map(strides -> new StrideGrid(width, height, strides));
  }

  /** Whether some known strides have so many cells over the input of a model. */
  static boolean matches(ModelSignature signature, int cells) {
    return STRIDES.stream()
        .anyMatch(s -> count(signature.inputWidth(), signature.inputHeight(), s) == cells);
  }

  private static int count(int width, int height, List<Integer> strides) {
    return strides.stream().mapToInt(pixels -> (width / pixels) * (height / pixels)).sum();
  }

  int cells() {
    return cells;
  }

  /** From the left, in units of the cell's stride. */
  float column(int cell) {
    return column[cell];
  }

  /** From the top, in units of the cell's stride. */
  float row(int cell) {
    return row[cell];
  }

  /** In pixels of the model's input. */
  float stride(int cell) {
    return stride[cell];
  }
}
