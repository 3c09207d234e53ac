package io.zoetrope.assembler.draw;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
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
  private static final long EACH_BYTE = 0x0101_0101_0101_0101L;
  private static final long EACH_LANE = 0x0001_0001_0001_0001L;
  private static final long LANES = 0x00FF_00FF_00FF_00FFL;

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
    for (int y = top & ~1; y < bottom; y += 2) {
      int end = Math.max(to[y], to[y + 1]);
      for (int x = Math.min(from[y], from[y + 1]) & ~7; x < end; x += 8) {
        int upper = y * stride + x;
        int lower = upper + stride;
        long one = (long) EIGHT.get(coverage, upper);
        long two = (long) EIGHT.get(coverage, lower);
        if ((one | two) != 0) {
          if (one == two && one == (one & 255) * EACH_BYTE && x + 8 <= width) {
            blendEvenly(canvas, tone, weight((byte) one, opacity), x, y);
          } else {
            blend(canvas, tone, opacity, x, y);
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

  private void blend(Canvas canvas, Tone tone, int opacity, int left, int y) {
    int end = Math.min(left + 8, width);
    int upper = y * canvas.lumaStride();
    int lower = upper + canvas.lumaStride();
    int chroma = y / 2 * canvas.chromaStride();
    for (int x = left; x < end; x += 2) {
      int at = y * stride + x;
      int one = weight(coverage[at], opacity);
      int two = weight(coverage[at + 1], opacity);
      int three = weight(coverage[at + stride], opacity);
      int four = weight(coverage[at + stride + 1], opacity);
      int all = one + two + three + four;
      if (all != 0) {
        blend(canvas.luma(), upper + x, tone.luma(), one);
        blend(canvas.luma(), upper + x + 1, tone.luma(), two);
        blend(canvas.luma(), lower + x, tone.luma(), three);
        blend(canvas.luma(), lower + x + 1, tone.luma(), four);
        blend(canvas.cb(), chroma + x / 2, tone.cb(), (all + 2) >> 2);
        blend(canvas.cr(), chroma + x / 2, tone.cr(), (all + 2) >> 2);
      }
    }
  }

  private static void blend(ByteBuffer plane, int at, int value, int weight) {
    int old = plane.get(at) & 255;
    plane.put(at, (byte) ((old * (256 - weight) + value * weight + 128) >> 8));
  }

  /** Eight by two pixels that are covered alike: the same arithmetic, four samples at a time. */
  private static void blendEvenly(Canvas canvas, Tone tone, int weight, int x, int y) {
    int upper = y * canvas.lumaStride() + x;
    int lower = upper + canvas.lumaStride();
    int chroma = y / 2 * canvas.chromaStride() + x / 2;
    long luma = EACH_LANE * (tone.luma() * weight + 128);
    canvas.luma().putLong(upper, blended(canvas.luma().getLong(upper), luma, weight));
    canvas.luma().putLong(lower, blended(canvas.luma().getLong(lower), luma, weight));
    long cb = EACH_LANE * (tone.cb() * weight + 128);
    long cr = EACH_LANE * (tone.cr() * weight + 128);
    canvas.cb().putInt(chroma, (int) blended(canvas.cb().getInt(chroma), cb, weight));
    canvas.cr().putInt(chroma, (int) blended(canvas.cr().getInt(chroma), cr, weight));
  }

  private static long blended(long old, long addend, int weight) {
    long even = ((old & LANES) * (256 - weight) + addend) >>> 8 & LANES;
    long odd = ((old >>> 8 & LANES) * (256 - weight) + addend) & ~LANES;
    return even | odd;
  }

  /** 0 to 256. */
  private static int weight(byte coverage, int opacity) {
    int value = coverage & 255;
    return ((value + (value >> 7)) * opacity + 128) >> 8;
  }

  private void touch(int y, int start, int end) {
    from[y] = Math.min(from[y], start);
    to[y] = Math.max(to[y], end);
    top = Math.min(top, y);
    bottom = Math.max(bottom, y + 1);
  }
}
