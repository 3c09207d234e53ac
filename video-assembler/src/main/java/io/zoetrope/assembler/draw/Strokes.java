package io.zoetrope.assembler.draw;

/**
 * Lines with round ends whose width and strength change evenly from one end to the other, by the
 * distance of each pixel from the line; with an edge around them in a layer of its own. For one
 * thread.
 */
final class Strokes {
  private final Layer core;
  private final Layer edge;
  private final float edgeWidth;

  Strokes(Layer core, Layer edge, float edgeWidth) {
    this.core = core;
    this.edge = edge;
    this.edgeWidth = edgeWidth;
  }

  /** An end of a line: half its width there, and how strong it is, 0 to 1. */
  record End(float x, float y, float radius, float strength) {}

  void line(End from, End to) {
    float reach = Math.max(from.radius, to.radius) + edgeWidth + 1;
    float across = to.x - from.x;
    float down = to.y - from.y;
    float squared = across * across + down * down;
    int first = Math.max(0, (int) Math.floor(Math.min(from.y, to.y) - reach));
    int last = Math.min(core.height() - 1, (int) Math.floor(Math.max(from.y, to.y) + reach));
    for (int y = first; y <= last; y++) {
      float enters = place(y - reach, from.y, down, 0);
      float leaves = place(y + 1 + reach, from.y, down, 1);
      float one = from.x + across * Math.min(enters, leaves);
      float other = from.x + across * Math.max(enters, leaves);
      int left = Math.max(0, (int) Math.floor(Math.min(one, other) - reach));
      int right = Math.min(core.width() - 1, (int) Math.floor(Math.max(one, other) + reach));
      for (int x = left; x <= right; x++) {
        float fromX = x + 0.5f - from.x;
        float fromY = y + 0.5f - from.y;
        float t = squared == 0 ? 0 : clamped((fromX * across + fromY * down) / squared);
        float besideX = fromX - t * across;
        float besideY = fromY - t * down;
        float distance = (float) Math.sqrt(besideX * besideX + besideY * besideY);
        float inside = from.radius + t * (to.radius - from.radius) - distance + 0.5f;
        if (inside + edgeWidth > 0) {
          float strength = (from.strength + t * (to.strength - from.strength)) * 255;
          core.raise(x, y, (int) (clamped(inside) * strength + 0.5f));
          edge.raise(x, y, (int) (clamped(inside + edgeWidth) * strength + 0.5f));
        }
      }
    }
  }

  /** Where along a line it comes to a height, 0 to 1; {@code level} where it has one height only. */
  private static float place(float y, float from, float down, float level) {
    return down == 0 ? level : clamped((y - from) / down);
  }

  private static float clamped(float value) {
    return Math.max(0, Math.min(1, value));
  }
}
