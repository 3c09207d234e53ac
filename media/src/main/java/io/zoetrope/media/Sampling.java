package io.zoetrope.media;

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
}
