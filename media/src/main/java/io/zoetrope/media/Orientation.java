package io.zoetrope.media;

import java.util.List;

/**
 * How a stored picture is turned to stand upright: its axes are exchanged or not, and then each is
 * mirrored or not. Built from a display matrix, whose first two rows map a stored point (p, q) to
 * (a·p + c·q, b·p + d·q); anything but multiples of 90° is rounded to the nearest.
 */
record Orientation(boolean transposed, boolean mirroredX, boolean mirroredY) {
  static final Orientation UPRIGHT = new Orientation(false, false, false);

  static Orientation of(List<Integer> matrix) {
    if (matrix.isEmpty()) {
      return UPRIGHT;
    }
    long a = matrix.get(0);
    long b = matrix.get(1);
    long c = matrix.get(3);
    long d = matrix.get(4);
    boolean transposed = Math.abs(b) + Math.abs(c) > Math.abs(a) + Math.abs(d);
    return new Orientation(transposed, (transposed ? c : a) < 0, (transposed ? b : d) < 0);
  }

  /** Degrees clockwise; of a mirrored picture, those that remain after mirroring it sideways. */
  int rotation() {
    if (transposed) {
      return mirroredY ? 270 : 90;
    }
    return mirroredY ? 180 : 0;
  }

  int uprightWidth(int storedWidth, int storedHeight) {
    return transposed ? storedHeight : storedWidth;
  }

  int uprightHeight(int storedWidth, int storedHeight) {
    return transposed ? storedWidth : storedHeight;
  }
}
