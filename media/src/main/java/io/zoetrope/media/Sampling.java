package io.zoetrope.media;

import java.math.BigInteger;
import java.util.Optional;

/**
 * Which frames of a video are wanted. Times are those of the source: pts from the first displayed
 * frame.
 *
 * @param maxFps at most so many frames per second: of each slot floor(time × maxFps) the first
 *     frame in presentation order; empty for every frame
 * @param keyframesOnly only random-access points, each decoded alone
 */
public record Sampling(Optional<Rational> maxFps, boolean keyframesOnly) {
  public static final Sampling EVERY_FRAME = new Sampling(Optional.empty(), false);
  public static final Sampling KEYFRAMES = new Sampling(Optional.empty(), true);

  public Sampling {
    maxFps.ifPresent(
        rate -> {
          if (!rate.isKnown()) {
            throw new IllegalArgumentException("no rate to sample at: " + rate);
          }
        });
  }

  public static Sampling atMost(Rational framesPerSecond) {
    return new Sampling(Optional.of(framesPerSecond), false);
  }

  /** Number of the slot that {@code time} falls into; empty where there are no slots. */
  Optional<BigInteger> slot(long time, Rational timeBase) {
    return maxFps.map(
        rate -> {
          BigInteger slots =
              BigInteger.valueOf(time)
                  .multiply(BigInteger.valueOf((long) timeBase.numerator() * rate.numerator()));
          BigInteger[] whole =
              slots.divideAndRemainder(
                  BigInteger.valueOf((long) timeBase.denominator() * rate.denominator()));
          return whole[1].signum() < 0 ? whole[0].subtract(BigInteger.ONE) : whole[0];
        });
  }

  boolean everyFrame() {
    return maxFps.isEmpty() && !keyframesOnly;
  }

  /** How many of {@code frames} at {@code rate} will be wanted, about; 0 where it can't be told. */
  long estimate(long frames, Rational rate) {
    if (keyframesOnly || (maxFps.isPresent() && !rate.isKnown())) {
      return 0;
    }
    return maxFps
        .map(most -> (long) Math.ceil(frames * most.toDouble() / rate.toDouble()))
        .map(estimate -> Math.min(frames, estimate))
        .orElse(frames);
  }
}
