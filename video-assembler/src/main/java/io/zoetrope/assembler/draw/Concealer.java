package io.zoetrope.assembler.draw;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Makes parts of a picture unrecognisable. All that stays of one is the mean of a few cells, no
 * more than {@value #CELLS} along its longer side, rounded to a few levels; a blur is those means
 * with smooth passages between them, so it tells no more than they do. The cells go with the part,
 * not with the picture: a moving object doesn't show other cells from frame to frame. For one
 * thread.
 */
final class Concealer {
  private static final int CELLS = 6;

  /** Along the longer side, where a whole picture is concealed. */
  private static final int CELLS_OF_PICTURE = 12;

  /** What is rounded off a mean: luma is left 16 levels, chroma 32. */
  private static final int LUMA_STEP = 16;

  private static final int CHROMA_STEP = 8;

  private final boolean smooth;
  private final byte[] row;
  private int[] means = new int[0];
  private int[] eased = new int[0];

  /**
   * @param smooth blurs, else cells are seen
   * @param width of the pictures
   */
  Concealer(boolean smooth, int width) {
    this.smooth = smooth;
    row = new byte[width];
  }

  /** Conceals what is in a box, and a little around it. */
  void conceal(Canvas canvas, Box box) {
    float shorter = Math.min(box.width(), box.height());
    Box region = box.grown(2 + shorter / 10).within(canvas.width(), canvas.height());
    conceal(canvas, region, CELLS);
  }

  /** Conceals a whole picture: big objects as well as small ones. */
  void concealAll(Canvas canvas) {
    conceal(canvas, new Box(0, 0, canvas.width(), canvas.height()), CELLS_OF_PICTURE);
  }

  private void conceal(Canvas canvas, Box region, int cells) {
    // Whole samples of chroma.
    int left = (int) Math.floor(region.x() / 2);
    int top = (int) Math.floor(region.y() / 2);
    int right = Math.min(canvas.width() / 2, (int) Math.ceil(region.right() / 2));
    int bottom = Math.min(canvas.height() / 2, (int) Math.ceil(region.bottom() / 2));
    int cell = Math.max(4, (Math.max(right - left, bottom - top) + cells - 1) / cells);
    Area chroma = new Area(left, top, right, bottom, cell);
    conceal(canvas.luma(), canvas.lumaStride(), chroma.doubled(), LUMA_STEP);
    conceal(canvas.cb(), canvas.chromaStride(), chroma, CHROMA_STEP);
    conceal(canvas.cr(), canvas.chromaStride(), chroma, CHROMA_STEP);
  }

  /** A part of a plane, in samples, and the side of its cells. */
  private record Area(int left, int top, int right, int bottom, int cell) {
    Area doubled() {
      return new Area(2 * left, 2 * top, 2 * right, 2 * bottom, 2 * cell);
    }

    int columns() {
      return (right - left + cell - 1) / cell;
    }

    int rows() {
      return (bottom - top + cell - 1) / cell;
    }
  }

  private void conceal(ByteBuffer plane, int stride, Area area, int step) {
    takeMeans(plane, stride, area, step);
    if (smooth) {
      easePassage(2 * area.cell);
    }
    int length = area.right - area.left;
    for (int y = area.top; y < area.bottom; y++) {
      if (smooth) {
        blurRow(area, y - area.top);
        plane.put(y * stride + area.left, row, 0, length);
      } else {
        if ((y - area.top) % area.cell == 0) {
          mosaicRow(area, (y - area.top) / area.cell);
        }
        plane.put(y * stride + area.left, row, 0, length);
      }
    }
  }

  private void takeMeans(ByteBuffer plane, int stride, Area area, int step) {
    int columns = area.columns();
    int length = area.right - area.left;
    if (means.length < columns * area.rows()) {
      means = new int[columns * area.rows()];
    }
    for (int down = 0; down < area.rows(); down++) {
      int upper = area.top + down * area.cell;
      int lower = Math.min(area.bottom, upper + area.cell);
      Arrays.fill(means, down * columns, (down + 1) * columns, 0);
      for (int y = upper; y < lower; y++) {
        plane.get(y * stride + area.left, row, 0, length);
        for (int across = 0; across < columns; across++) {
          means[down * columns + across] += sum(across * area.cell, area.cell, length);
        }
      }
      for (int across = 0; across < columns; across++) {
        int samples = (lower - upper) * Math.min(area.cell, length - across * area.cell);
        int mean = (means[down * columns + across] + samples / 2) / samples;
        means[down * columns + across] = Math.min(255, (mean + step / 2) / step * step);
      }
    }
  }

  private int sum(int start, int cell, int length) {
    int sum = 0;
    int end = Math.min(length, start + cell);
    for (int x = start; x < end; x++) {
      sum += row[x] & 255;
    }
    return sum;
  }

  private void mosaicRow(Area area, int down) {
    int length = area.right - area.left;
    for (int across = 0; across < area.columns(); across++) {
      int start = across * area.cell;
      byte mean = (byte) means[down * area.columns() + across];
      Arrays.fill(row, start, Math.min(length, start + area.cell), mean);
    }
  }

  /**
   * A row between the means of the cells above and below, each taken to be in its cell's middle.
   */
  private void blurRow(Area area, int y) {
    int columns = area.columns();
    int from = 2 * y + 1 - area.cell;
    int down = Math.floorDiv(from, 2 * area.cell);
    int share = eased[Math.floorMod(from, 2 * area.cell)];
    int upper = Math.max(0, down) * columns;
    int lower = Math.min(area.rows() - 1, down + 1) * columns;
    int length = area.right - area.left;
    int x = 0;
    for (int across = -1; across < columns; across++) {
      int one = between(means, upper + Math.max(0, across), lower + Math.max(0, across), share);
      int next = Math.min(columns - 1, across + 1);
      int other = between(means, upper + next, lower + next, share);
      int end = Math.min(length, area.cell * (across + 1) + area.cell / 2);
      for (; x < end; x++) {
        int place = 2 * x + 1 - area.cell - 2 * area.cell * across;
        row[x] = (byte) ((one * 256 + (other - one) * eased[place] + 32768) >> 16);
      }
    }
  }

  /** Between two means, in 256ths. */
  private static int between(int[] means, int one, int other, int share) {
    return means[one] * 256 + (means[other] - means[one]) * share;
  }

  /** How far a passage has come, in 256ths, with neither end abrupt: 3t² - 2t³. */
  private void easePassage(int length) {
    eased = new int[length];
    for (int part = 0; part < length; part++) {
      long t = 256L * part / length;
      eased[part] = (int) ((t * t * (3 * 256 - 2 * t)) >> 16);
    }
  }
}
