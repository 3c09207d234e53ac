package io.zoetrope.assembler.draw;

/**
 * A rectangle with rounded corners, filled or outlined by its signed distance: half a pixel on
 * either side of the edge is where coverage falls from all to nothing.
 *
 * @param topLeft radius of that corner, likewise the others
 */
record RoundedBox(
    float left,
    float top,
    float right,
    float bottom,
    float topLeft,
    float topRight,
    float bottomRight,
    float bottomLeft) {
  /** The gaps of dashes, as a part of what repeats. */
  private static final float GAP = 0.36f;

  static RoundedBox of(Box box, float radius) {
    float fitting = Math.min(radius, Math.min(box.width(), box.height()) / 2);
    return new RoundedBox(
        box.x(), box.y(), box.right(), box.bottom(), fitting, fitting, fitting, fitting);
  }

  /** Likewise, with that much more on every side; but not where both corners are square. */
  RoundedBox grown(float by) {
    boolean above = topLeft > 0 || topRight > 0;
    boolean below = bottomLeft > 0 || bottomRight > 0;
    return new RoundedBox(
        left - by,
        above ? top - by : top,
        right + by,
        below ? bottom + by : bottom,
        topLeft > 0 ? topLeft + by : 0,
        topRight > 0 ? topRight + by : 0,
        bottomRight > 0 ? bottomRight + by : 0,
        bottomLeft > 0 ? bottomLeft + by : 0);
  }

  void fill(Layer layer) {
    cover(layer, Float.MAX_VALUE, 0);
  }

  /**
   * A line along the inside of the edge.
   *
   * @param stroke its width in pixels
   * @param dash length in pixels of what repeats, or 0 for one without gaps
   */
  void outline(Layer layer, float stroke, float dash) {
    cover(layer, stroke, dash);
  }

  private void cover(Layer layer, float stroke, float dash) {
    float round = Math.max(Math.max(topLeft, topRight), Math.max(bottomRight, bottomLeft));
    boolean filled = stroke == Float.MAX_VALUE;
    float band = (filled ? round : Math.max(stroke, round)) + 1;
    int first = Math.max(0, (int) Math.floor(left) - 1);
    int last = Math.min(layer.width(), (int) Math.ceil(right) + 1);
    int end = Math.min(layer.height(), (int) Math.ceil(bottom) + 1);
    // Between these, a row is all the same; and beside them, rows that no corner is in are.
    int inner = Math.max(first, Math.min(last, (int) Math.ceil(left + band)));
    int outer = Math.max(inner, Math.min(last, (int) Math.floor(right - band)));
    byte[] sides = new byte[Math.max(0, last - first)];
    int sidesOf = (int) Math.ceil(top + band);
    for (int y = Math.max(0, (int) Math.floor(top) - 1); y < end; y++) {
      boolean even = y >= top + band && y + 1 <= bottom - band;
      if (!even || y == Math.max(0, sidesOf)) {
        cover(sides, first, first, inner, y, stroke);
        cover(sides, first, outer, last, y, stroke);
      }
      float solid = even ? solid(y + 0.5f, top, bottom, band, dash) : 1;
      raise(layer, sides, first, first, inner, y, solid);
      raise(layer, sides, first, outer, last, y, solid);
      if (!even || filled) {
        coverEvenly(layer, inner, outer, y, stroke, band, dash);
      }
    }
  }

  private void cover(byte[] covered, int first, int from, int to, int y, float stroke) {
    for (int x = from; x < to; x++) {
      float distance = distance(x + 0.5f, y + 0.5f);
      covered[x - first] = (byte) (covered(distance) - covered(distance + stroke));
    }
  }

  private static void raise(
      Layer layer, byte[] covered, int first, int from, int to, int y, float solid) {
    if (solid == 1) {
      layer.raise(from, to, y, covered, from - first);
      return;
    }
    for (int x = from; x < to; x++) {
      layer.raise(x, y, (int) ((covered[x - first] & 255) * solid + 0.5f));
    }
  }

  private void coverEvenly(
      Layer layer, int from, int to, int y, float stroke, float band, float dash) {
    if (from >= to) {
      return;
    }
    float distance = distance((from + to) / 2f, y + 0.5f);
    int covered = covered(distance) - covered(distance + stroke);
    if (dash <= 0 || covered == 0) {
      layer.raise(from, to, y, covered);
      return;
    }
    for (int x = from; x < to; x++) {
      float solid = solid(x + 0.5f, left, right, band, dash);
      layer.raise(x, y, (int) (covered * solid + 0.5f));
    }
  }

  private static float solid(float place, float from, float to, float band, float dash) {
    return dash <= 0 ? 1 : dashed(place - from - band, to - from - 2 * band, dash);
  }

  /** How much of a dashed line there is at a place of it; both of its ends belong to dashes. */
  private static float dashed(float place, float length, float dash) {
    float period = length / Math.max(1, Math.round(length / dash));
    float phase = place / period;
    float fromGap = Math.abs(phase - (float) Math.floor(phase) - 0.5f) * period;
    return Math.max(0, Math.min(1, fromGap - GAP / 2 * period + 0.5f));
  }

  private static int covered(float distance) {
    if (distance >= 0.5f) {
      return 0;
    }
    return distance <= -0.5f ? 255 : (int) ((0.5f - distance) * 255 + 0.5f);
  }

  /** Pixels from the edge, negative inside. */
  private float distance(float x, float y) {
    boolean onLeft = x - left < right - x;
    boolean above = y - top < bottom - y;
    float radius = onLeft ? (above ? topLeft : bottomLeft) : (above ? topRight : bottomRight);
    float across = (onLeft ? left - x : x - right) + radius;
    float down = (above ? top - y : y - bottom) + radius;
    if (across <= 0 || down <= 0) {
      return Math.max(across, down) - radius;
    }
    return (float) Math.sqrt(across * across + down * down) - radius;
  }
}
