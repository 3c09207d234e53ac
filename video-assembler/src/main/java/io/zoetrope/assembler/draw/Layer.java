package io.zoetrope.assembler.draw;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * How much of each pixel is covered by what is being drawn, 0 to 255. Shapes raise it, so that
 * those that overlap or adjoin are one; {@link #blend} then lays a colour through it over a canvas
 * and leaves it empty. For one thread.
 */
final class Layer {
  private static final VarHandle EIGHT =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

  private final int width;
  private final int height;
  private final int stride;
  private final byte[] coverage;
  private final int[] from;
  private final int[] to;
  private int top;
  private int bottom;

  Layer(int width, int height) {
    this.width = width;
    this.height = height;
    stride = (width + 7) & ~7;
    coverage = new byte[stride * height];
    from = new int[height];
    to = new int[height];
    Arrays.fill(from, stride);
    top = height;
  }

  int width() {
    return width;
  }

  int height() {
    return height;
  }

  int coverage(int x, int y) {
    return coverage[y * stride + x] & 255;
  }

  /** Raises one pixel; outside of the layer, nothing. */
  void raise(int x, int y, int to) {
    if (to > 0 && x >= 0 && x < width && y >= 0 && y < height) {
      int at = y * stride + x;
      if ((coverage[at] & 255) < to) {
        coverage[at] = (byte) to;
        touch(y, x, x + 1);
      }
    }
  }

  /** Raises the pixels of a row from {@code start} until before {@code end}. */
  void raise(int start, int end, int y, int to) {
    int first = Math.max(0, start);
    int last = Math.min(width, end);
    if (to <= 0 || y < 0 || y >= height || first >= last) {
      return;
    }
    touch(y, first, last);
    int row = y * stride;
    if (to == 255) {
      Arrays.fill(coverage, row + first, row + last, (byte) 255);
      return;
    }
    for (int at = row + first; at < row + last; at++) {
      coverage[at] = (byte) Math.max(coverage[at] & 255, to);
    }
  }

  /**
   * Raises the pixels of a row from {@code start} until before {@code end}, all in this layer, to
   * the values that begin at {@code at}.
   */
  void raise(int start, int end, int y, byte[] values, int at) {
    if (start >= end) {
      return;
    }
    touch(y, start, end);
    int row = y * stride + start;
    for (int x = 0; x < end - start; x++) {
      coverage[row + x] = (byte) Math.max(coverage[row + x] & 255, values[at + x] & 255);
    }
  }

  /** Raises to what another layer has, shifted to a place in this one. */
  void raise(Layer other, int left, int upper) {
    int first = Math.max(0, -left);
    int last = Math.min(other.width, width - left);
    if (first >= last) {
      return;
    }
    for (int row = Math.max(0, -upper); row < Math.min(other.height, height - upper); row++) {
      touch(upper + row, left + first, left + last);
      int source = row * other.stride;
      int target = (upper + row) * stride + left;
      for (int x = first; x < last; x++) {
        int raised = Math.max(coverage[target + x] & 255, other.coverage[source + x] & 255);
        coverage[target + x] = (byte) raised;
      }
    }
  }

  /**
   * Lays a colour through this layer over a canvas of its size, and empties the layer. A chroma
   * sample goes by the mean of its four pixels.
   *
   * @param opacity 0 to 256
   */
  void blend(Canvas canvas, Tone tone, int opacity) {
    Blend blend = new Blend(canvas, tone, opacity);
    for (int y = top & ~1; y < bottom; y += 2) {
      int end = Math.max(to[y], to[y + 1]);
      for (int x = Math.min(from[y], from[y + 1]) & ~7; x < end; x += 8) {
        int upper = y * stride + x;
        int lower = upper + stride;
        long one = (long) EIGHT.get(coverage, upper);
        long two = (long) EIGHT.get(coverage, lower);
        if ((one | two) != 0) {
          if (x + 8 <= width) {
            blend.eightByTwo(x, y, one, two);
          } else {
            blendRest(blend, x, y);
          }
          EIGHT.set(coverage, upper, 0L);
          EIGHT.set(coverage, lower, 0L);
        }
      }
      from[y] = stride;
      from[y + 1] = stride;
      to[y] = 0;
      to[y + 1] = 0;
    }
    top = height;
    bottom = 0;
  }

  private void blendRest(Blend blend, int left, int y) {
    for (int x = left; x < width; x += 2) {
      int upper = y * stride + x;
      int lower = upper + stride;
      blend.twoByTwo(
          x,
          y,
          coverage[upper] & 255,
          coverage[upper + 1] & 255,
          coverage[lower] & 255,
          coverage[lower + 1] & 255);
    }
  }

  private void touch(int y, int start, int end) {
    from[y] = Math.min(from[y], start);
    to[y] = Math.max(to[y], end);
    top = Math.min(top, y);
    bottom = Math.max(bottom, y + 1);
  }
}
