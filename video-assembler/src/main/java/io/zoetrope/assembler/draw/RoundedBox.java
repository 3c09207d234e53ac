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

  void fill(Layer layer) {
    float round =
        1 + Math.max(Math.max(topLeft, topRight), Math.max(bottomRight, bottomLeft));
    int first = (int) Math.floor(left) - 1;
    int last = (int) Math.ceil(right) + 1;
    int end = Math.min(layer.height(), (int) Math.ceil(bottom) + 1);
    for (int y = Math.max(0, (int) Math.floor(top) - 1); y < end; y++) {
      boolean straight = y >= top + round && y + 1 <= bottom - round;
      int inner = straight ? (int) Math.ceil(left) + 1 : last;
      int outer = straight ? (int) Math.floor(right) - 1 : last;
      for (int x = first; x < Math.min(inner, last); x++) {
        layer.raise(x, y, covered(distance(x + 0.5f, y + 0.5f)));
      }
      layer.raise(inner, outer, y, 255);
      for (int x = Math.max(inner, outer); x < last; x++) {
        layer.raise(x, y, covered(distance(x + 0.5f, y + 0.5f)));
      }
    }
  }

  /**
   * A line along the inside of the edge.
   *
   * @param stroke its width in pixels
   * @param dash length in pixels of what repeats, or 0 for one without gaps
   */
  void outline(Layer layer, float stroke, float dash) {
    float round = Math.max(Math.max(topLeft, topRight), Math.max(bottomRight, bottomLeft));
    float band = Math.max(stroke, round) + 1;
    int first = (int) Math.floor(left) - 1;
    int last = (int) Math.ceil(right) + 1;
    int end = Math.min(layer.height(), (int) Math.ceil(bottom) + 1);
    for (int y = Math.max(0, (int) Math.floor(top) - 1); y < end; y++) {
      boolean sides = y >= top + band && y + 1 <= bottom - band;
      int inner = sides ? Math.min(last, (int) Math.ceil(left + stroke) + 1) : last;
      int outer = sides ? Math.max(inner, (int) Math.floor(right - stroke) - 1) : last;
      for (int x = first; x < inner; x++) {
        layer.raise(x, y, stroked(x + 0.5f, y + 0.5f, stroke, band, dash));
      }
      for (int x = outer; x < last; x++) {
        layer.raise(x, y, stroked(x + 0.5f, y + 0.5f, stroke, band, dash));
      }
    }
  }

  private int stroked(float x, float y, float stroke, float band, float dash) {
    float distance = distance(x, y);
    int covered = covered(distance) - covered(distance + stroke);
    if (dash <= 0 || covered == 0) {
      return covered;
    }
    boolean across = x > left + band && x < right - band;
    boolean down = y > top + band && y < bottom - band;
    if (across == down) {
      return covered;
    }
    float solid =
        across
            ? dashed(x - left - band, right - left - 2 * band, dash)
            : dashed(y - top - band, bottom - top - 2 * band, dash);
    return (int) (covered * solid + 0.5f);
  }

  /** How much of a dashed line there is at a place of it; both of its ends belong to dashes. */
  private static float dashed(float place, float length, float dash) {
    float period = length / Math.max(1, Math.round(length / dash));
    float phase = place / period;
    float fromGap = Math.abs(phase - (float) Math.floor(phase) - 0.5f) * period;
    return Math.max(0, Math.min(1, fromGap - GAP / 2 * period + 0.5f));
  }

  private static int covered(float distance) {
    return (int) (Math.max(0, Math.min(1, 0.5f - distance)) * 255 + 0.5f);
  }

  /** Pixels from the edge, negative inside. */
  private float distance(float x, float y) {
    boolean onLeft = x - left < right - x;
    boolean above = y - top < bottom - y;
    float radius =
        onLeft ? (above ? topLeft : bottomLeft) : (above ? topRight : bottomRight);
    float across = (onLeft ? left - x : x - right) + radius;
    float down = (above ? top - y : y - bottom) + radius;
    if (across <= 0 || down <= 0) {
      return Math.max(across, down) - radius;
    }
    return (float) Math.sqrt(across * across + down * down) - radius;
  }
}
