package io.zoetrope.assembler.draw;

import java.awt.geom.PathIterator;
import java.util.Arrays;

/**
 * Fills polygons with exact coverage, row by row: every edge adds to the pixels that it passes the
 * signed area to its right, and their running sum is the coverage (as in R. Levien's font-rs and
 * FreeType's smooth rasteriser). Parts that wind in the same direction are one. For one thread.
 */
final class PolygonFill {
  private static final int COORDINATES = 4;
  private static final float FLATNESS = 0.05f;

  private float[] edges = new float[64 * COORDINATES];
  private int size;
  private float startX;
  private float startY;
  private float x;
  private float y;

  /** Begins anew. */
  void clear() {
    size = 0;
  }

  void moveTo(float toX, float toY) {
    startX = toX;
    startY = toY;
    x = toX;
    y = toY;
  }

  void lineTo(float toX, float toY) {
    if (size == edges.length) {
      edges = Arrays.copyOf(edges, 2 * size);
    }
    edges[size++] = x;
    edges[size++] = y;
    edges[size++] = toX;
    edges[size++] = toY;
    x = toX;
    y = toY;
  }

  /** A quadratic curve, in as many lines as keep it within a twentieth of a pixel. */
  void curveTo(float byX, float byY, float toX, float toY) {
    float fromX = x;
    float fromY = y;
    float bend = Math.max(Math.abs(fromX - 2 * byX + toX), Math.abs(fromY - 2 * byY + toY)) / 4;
    int lines = Math.max(1, (int) Math.ceil(Math.sqrt(bend / FLATNESS)));
    for (int line = 1; line < lines; line++) {
      float t = (float) line / lines;
      float s = 1 - t;
      lineTo(
          s * s * fromX + 2 * s * t * byX + t * t * toX,
          s * s * fromY + 2 * s * t * byY + t * t * toY);
    }
    lineTo(toX, toY);
  }

  void close() {
    lineTo(startX, startY);
  }

  /** A segment of a path of lines and quadratic curves, as TrueType has them. */
  void add(int kind, float[] to) {
    switch (kind) {
      case PathIterator.SEG_MOVETO -> moveTo(to[0], to[1]);
      case PathIterator.SEG_LINETO -> lineTo(to[0], to[1]);
      case PathIterator.SEG_QUADTO -> curveTo(to[0], to[1], to[2], to[3]);
      case PathIterator.SEG_CLOSE -> close();
      default -> throw new IllegalArgumentException("a cubic curve");
    }
  }

  /** Raises a layer to what the polygons cover. */
  void fill(Layer layer) {
    float left = layer.width();
    float upper = layer.height();
    float right = 0;
    float lower = 0;
    for (int at = 0; at < size; at += 2) {
      left = Math.min(left, edges[at]);
      right = Math.max(right, edges[at]);
      upper = Math.min(upper, edges[at + 1]);
      lower = Math.max(lower, edges[at + 1]);
    }
    int first = (int) Math.max(0, left);
    int last = (int) Math.ceil(Math.min(layer.width(), right));
    int end = (int) Math.ceil(Math.min(layer.height(), lower));
    float[] areas = new float[layer.width() + 2];
    for (int row = (int) Math.max(0, upper); row < end; row++) {
      for (int at = 0; at < size; at += COORDINATES) {
        addEdge(areas, row, edges[at], edges[at + 1], edges[at + 2], edges[at + 3]);
      }
      raiseRow(layer, row, areas, first, last);
    }
  }

  private static void raiseRow(Layer layer, int row, float[] areas, int first, int last) {
    float sum = 0;
    for (int at = first; at < last; ) {
      sum += areas[at];
      areas[at] = 0;
      int start = at++;
      while (at < last && areas[at] == 0) {
        at++;
      }
      layer.raise(start, at, row, (int) (Math.min(1, Math.abs(sum)) * 255 + 0.5f));
    }
    areas[last] = 0;
    areas[last + 1] = 0;
  }

  private static void addEdge(float[] areas, int row, float x0, float y0, float x1, float y1) {
    float from = Math.max(Math.min(y0, y1), row);
    float to = Math.min(Math.max(y0, y1), row + 1);
    if (from >= to) {
      return;
    }
    float slope = (x1 - x0) / (y1 - y0);
    float limit = areas.length - 2;
    float one = Math.max(0, Math.min(limit, x0 + (from - y0) * slope));
    float other = Math.max(0, Math.min(limit, x0 + (to - y0) * slope));
    float height = y0 < y1 ? to - from : from - to;
    addSpan(areas, Math.min(one, other), Math.max(one, other), height);
  }

  /** An edge that falls {@code height} between two places of a row, evenly. */
  private static void addSpan(float[] areas, float left, float right, float height) {
    int first = (int) left;
    if (right <= first + 1) {
      float beside = height * ((left + right) / 2 - first);
      areas[first] += height - beside;
      areas[first + 1] += beside;
      return;
    }
    float perPixel = height / (right - left);
    float covered = 0;
    for (int pixel = first; pixel < right; pixel++) {
      float enters = Math.max(left, pixel);
      float leaves = Math.min(right, pixel + 1);
      // The area right of the edge: of its part in this pixel, and of all of it before.
      float before = (enters - left) * perPixel;
      float within = (leaves - enters) * perPixel;
      float area = before + within * (pixel + 1 - (enters + leaves) / 2);
      areas[pixel] += area - covered;
      covered = area;
    }
    areas[(int) Math.ceil(right)] += height - covered;
  }
}
