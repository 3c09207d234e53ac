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
  private final byte[] coreRow;
  private final byte[] edgeRow;

  Strokes(Layer core, Layer edge, float edgeWidth) {
    this.core = core;
    this.edge = edge;
    this.edgeWidth = edgeWidth;
    coreRow = new byte[core.width()];
    edgeRow = new byte[core.width()];
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
      int left = Math.max(0, (int) Math.floor(Math.min(from.x, to.x) - reach));
      int right = Math.min(core.width() - 1, (int) Math.floor(Math.max(from.x, to.x) + reach));
      if (Math.abs(down) > 1) {
        float middle = from.x + (y + 0.5f - from.y) * across / down;
        float beside = reach * (float) Math.sqrt(squared) / Math.abs(down) + 1;
        left = Math.max(left, (int) Math.floor(middle - beside));
        right = Math.min(right, (int) Math.floor(middle + beside));
      }
      cover(from, to, squared, y, left, right);
      core.raise(left, right + 1, y, coreRow, left);
      edge.raise(left, right + 1, y, edgeRow, left);
    }
  }

  private void cover(End from, End to, float squared, int y, int left, int right) {
    float across = to.x - from.x;
    float down = to.y - from.y;
    // Surely outside, whatever is rounded: a quarter of a pixel past where coverage ends.
    float outside = Math.max(from.radius, to.radius) + edgeWidth + 0.75f;
    for (int x = left; x <= right; x++) {
      float fromX = x + 0.5f - from.x;
      float fromY = y + 0.5f - from.y;
      float t = squared == 0 ? 0 : clamped((fromX * across + fromY * down) / squared);
      float besideX = fromX - t * across;
      float besideY = fromY - t * down;
      float beside = besideX * besideX + besideY * besideY;
      if (beside >= outside * outside) {
        coreRow[x] = 0;
        edgeRow[x] = 0;
        continue;
      }
      float distance = (float) Math.sqrt(beside);
      float inside = from.radius + t * (to.radius - from.radius) - distance + 0.5f;
      float strength = (from.strength + t * (to.strength - from.strength)) * 255;
      coreRow[x] = (byte) (clamped(inside) * strength + 0.5f);
      edgeRow[x] = (byte) (clamped(inside + edgeWidth) * strength + 0.5f);
    }
  }

  private static float clamped(float value) {
    return Math.max(0, Math.min(1, value));
  }
}
