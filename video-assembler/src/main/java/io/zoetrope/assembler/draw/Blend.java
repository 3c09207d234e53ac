package io.zoetrope.assembler.draw;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Lays one tone over a canvas. Each sample becomes {@code (old * (256 - w) + tone * w + 128) >> 8},
 * where a pixel's weight w comes from its coverage and the opacity, and that of a sample of chroma
 * is the mean of its four pixels' weights. For one thread.
 */
final class Blend {
  private static final VarHandle EIGHT =
      MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.nativeOrder());
  private static final VarHandle FOUR =
      MethodHandles.byteBufferViewVarHandle(int[].class, ByteOrder.nativeOrder());

  private final Canvas canvas;
  private final Tone tone;
  private final int opacity;

  /**
   * @param opacity 0 to 256
   */
  Blend(Canvas canvas, Tone tone, int opacity) {
    this.canvas = canvas;
    this.tone = tone;
    this.opacity = opacity;
  }

  /**
   * Blends eight by two pixels, all in the canvas.
   *
   * @param x of the first, even; likewise {@code y}
   * @param one coverage of the upper row's pixels, a byte each in native order
   * @param two likewise of the lower row's
   */
  void eightByTwo(int x, int y, long one, long two) {
    int upper = y * canvas.lumaStride() + x;
    int lower = upper + canvas.lumaStride();
    int chroma = y / 2 * canvas.chromaStride() + x / 2;
    long some = one | two;
    int coverage = (int) (some >>> (Long.numberOfTrailingZeros(some) & ~7)) & 255;
    long inOne = Lanes.ones(one);
    long inTwo = Lanes.ones(two);
    if (inOne * coverage != one || inTwo * coverage != two) {
      blendEach(upper, lower, chroma, one, two);
    } else if ((inOne & inTwo) == Lanes.EACH_BYTE) {
      blendAll(upper, lower, chroma, weight(coverage));
    } else {
      blendSome(upper, lower, chroma, inOne, inTwo, weight(coverage));
    }
  }

  /** Blends two by two pixels by their coverages, 0 to 255, from the top left. */
  void twoByTwo(int x, int y, int one, int two, int three, int four) {
    int upper = y * canvas.lumaStride() + x;
    int lower = upper + canvas.lumaStride();
    int chroma = y / 2 * canvas.chromaStride() + x / 2;
    int mean = (weight(one) + weight(two) + weight(three) + weight(four) + 2) >> 2;
    blend(canvas.luma(), upper, tone.luma(), weight(one));
    blend(canvas.luma(), upper + 1, tone.luma(), weight(two));
    blend(canvas.luma(), lower, tone.luma(), weight(three));
    blend(canvas.luma(), lower + 1, tone.luma(), weight(four));
    blend(canvas.cb(), chroma, tone.cb(), mean);
    blend(canvas.cr(), chroma, tone.cr(), mean);
  }

  private static void blend(ByteBuffer plane, int at, int value, int weight) {
    int old = plane.get(at) & 255;
    plane.put(at, (byte) ((old * (256 - weight) + value * weight + 128) >> 8));
  }

  /** Pixels that are all covered alike. */
  private void blendAll(int upper, int lower, int chroma, int weight) {
    long luma = Lanes.EACH * (tone.luma() * weight + 128);
    blendEight(upper, luma, weight, -1);
    blendEight(lower, luma, weight, -1);
    long weights = Lanes.EACH * weight;
    blendFour(canvas.cb(), chroma, tone.cb(), weights);
    blendFour(canvas.cr(), chroma, tone.cr(), weights);
  }

  /** Pixels that are covered alike where a byte is 1, as at a box's sides, and not at all else. */
  private void blendSome(int upper, int lower, int chroma, long one, long two, int weight) {
    long luma = Lanes.EACH * (tone.luma() * weight + 128);
    blendEight(upper, luma, weight, one * 255);
    blendEight(lower, luma, weight, two * 255);
    long covered = one + two;
    covered = (covered + (covered >>> 8)) & Lanes.LOW_BYTES;
    long weights = Lanes.quarters(covered * weight);
    blendFour(canvas.cb(), chroma, tone.cb(), weights);
    blendFour(canvas.cr(), chroma, tone.cr(), weights);
  }

  /** Pixels that are covered as they like. */
  private void blendEach(int upper, int lower, int chroma, long one, long two) {
    long evenOne = weights(one & Lanes.LOW_BYTES);
    long oddOne = weights(one >>> 8 & Lanes.LOW_BYTES);
    long evenTwo = weights(two & Lanes.LOW_BYTES);
    long oddTwo = weights(two >>> 8 & Lanes.LOW_BYTES);
    blendEight(upper, evenOne, oddOne);
    blendEight(lower, evenTwo, oddTwo);
    long weights = Lanes.quarters(evenOne + oddOne + evenTwo + oddTwo);
    blendFour(canvas.cb(), chroma, tone.cb(), weights);
    blendFour(canvas.cr(), chroma, tone.cr(), weights);
  }

  private void blendEight(int at, long addend, int weight, long mask) {
    long old = (long) EIGHT.get(canvas.luma(), at);
    long mixed = Lanes.mixed(old, addend, weight);
    EIGHT.set(canvas.luma(), at, (mixed & mask) | (old & ~mask));
  }

  private void blendEight(int at, long even, long odd) {
    long old = (long) EIGHT.get(canvas.luma(), at);
    long mixedEven = Lanes.mixed(old & Lanes.LOW_BYTES, tone.luma(), even);
    long mixedOdd = Lanes.mixed(old >>> 8 & Lanes.LOW_BYTES, tone.luma(), odd);
    EIGHT.set(canvas.luma(), at, Lanes.whole(mixedEven, mixedOdd));
  }

  private static void blendFour(ByteBuffer plane, int at, int value, long weights) {
    long old = Lanes.spread((int) FOUR.get(plane, at));
    FOUR.set(plane, at, Lanes.gathered(Lanes.mixed(old, value, weights)));
  }

  private long weights(long coverage) {
    long weights = coverage + (coverage >>> 7 & Lanes.EACH);
    // All of 256 would be too much for a lane, and changes nothing.
    return opacity == 256
        ? weights
        : (weights * opacity + 128 * Lanes.EACH) >>> 8 & Lanes.LOW_BYTES;
  }

  /** 0 to 256. */
  private int weight(int coverage) {
    return ((coverage + (coverage >> 7)) * opacity + 128) >> 8;
  }
}
