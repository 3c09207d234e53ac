package io.zoetrope.detector.family;

/** The cells of an anchor-free head: one grid for each stride, rows from the top, finest first. */
final class StrideGrid {
  private static final int[] STRIDES = {8, 16, 32};

  private final int cells;
  private final float[] column;
  private final float[] row;
  private final float[] stride;

  StrideGrid(int width, int height) {
    cells = cells(width, height);
    column = new float[cells];
    row = new float[cells];
    stride = new float[cells];
    int cell = 0;
    for (int pixels : STRIDES) {
      for (int y = 0; y < height / pixels; y++) {
        for (int x = 0; x < width / pixels; x++, cell++) {
          column[cell] = x;
          row[cell] = y;
          stride[cell] = pixels;
        }
      }
    }
  }

  /** Number of cells over an input of this size. */
  static int cells(int width, int height) {
    int cells = 0;
    for (int pixels : STRIDES) {
      cells += (width / pixels) * (height / pixels);
    }
    return cells;
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
