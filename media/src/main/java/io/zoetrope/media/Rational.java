package io.zoetrope.media;

import java.math.BigInteger;

/**
 * An exact fraction, as FFmpeg writes time bases and rates: {@code 1/12800} seconds, {@code
 * 30000/1001} frames a second. {@code 0/1} stands for unknown.
 */
public record Rational(int numerator, int denominator) {
  public static final Rational UNKNOWN = new Rational(0, 1);

  static final Rational MICROSECOND = new Rational(1, 1_000_000);

  public boolean isKnown() {
    return numerator > 0 && denominator > 0;
  }

  public double toDouble() {
    return (double) numerator / denominator;
  }

  Rational inverse() {
    return new Rational(/* numerator= */ denominator, /* denominator= */ numerator);
  }

  /**
   * A time counted in units of {@code from}, counted in units of {@code to} instead: rounded to the
   * nearest, halves away from zero, as FFmpeg's {@code av_rescale_q} does. What no long can hold,
   * as only a hostile file has it, becomes the nearest that one can.
   */
  static long rescale(long value, Rational from, Rational to) {
    BigInteger numerator =
        BigInteger.valueOf(value)
            .multiply(BigInteger.valueOf((long) from.numerator * to.denominator));
    BigInteger denominator = BigInteger.valueOf((long) from.denominator * to.numerator);
    BigInteger half = denominator.shiftRight(1);
    BigInteger rounded = numerator.signum() < 0 ? numerator.subtract(half) : numerator.add(half);
    BigInteger result = rounded.divide(denominator);
    if (result.bitLength() < Long.SIZE) {
      return result.longValue();
    }
    return result.signum() < 0 ? -Long.MAX_VALUE : Long.MAX_VALUE;
  }

  @Override
  public String toString() {
    return numerator + "/" + denominator;
  }
}
