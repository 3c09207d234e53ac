package io.zoetrope.cli.report;

import java.time.Duration;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * How far a detection is.
 *
 * @param done frames
 * @param total frames, as far as known
 * @param elapsed since the first frame was waited for
 */
public record FrameProgress(long done, OptionalLong total, Duration elapsed) implements Progress {
  public double framesPerSecond() {
    return elapsed.isZero() ? 0 : done / (elapsed.toNanos() / 1e9);
  }

  @Override
  public OptionalDouble share() {
    return total.isEmpty()
        ? OptionalDouble.empty()
        : OptionalDouble.of(total.getAsLong() == 0 ? 1 : (double) done / total.getAsLong());
  }

  /** {@code 213 of 695 frames, 31.4 frames/s, 0:15 left}. */
  @Override
  public String sentence() {
    StringBuilder text = new StringBuilder();
    text.append(done);
    total.ifPresent(t -> text.append(" of ").append(t));
    text.append(String.format(Locale.ROOT, " frames, %.1f frames/s", framesPerSecond()));
    if (total.isPresent() && done > 0 && done <= total.getAsLong()) {
      long seconds = (long) Math.ceil((total.getAsLong() - done) / framesPerSecond());
      text.append(", ").append(Times.remaining(Duration.ofSeconds(seconds))).append(" left");
    }
    return text.toString();
  }
}
