package io.zoetrope.media;

/**
 * An exact fraction, as FFmpeg writes time bases and rates: {@code 1/12800} seconds, {@code
 * 30000/1001} frames a second. {@code 0/1} stands for unknown.
 */
public record Rational(int numerator, int denominator) {
  public static final Rational UNKNOWN = new Rational(0, 1);

  public boolean isKnown() {
    return numerator > 0 && denominator > 0;
  }

  public double toDouble() {
    return (double) numerator / denominator;
  }

  @Override
  public String toString() {
    return numerator + "/" + denominator;
  }
}
