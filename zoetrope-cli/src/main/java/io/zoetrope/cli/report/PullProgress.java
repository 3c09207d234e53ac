package io.zoetrope.cli.report;

import java.time.Duration;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * How far the pull of a model is.
 *
 * @param fetched bytes that have come since it began
 * @param here bytes of the file, those of an earlier pull included
 * @param total bytes of the file, as far as known
 * @param elapsed since it began
 */
public record PullProgress(long fetched, long here, OptionalLong total, Duration elapsed)
    implements Progress {

  @Override
  public OptionalDouble share() {
    return total.isEmpty() || total.getAsLong() == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of((double) here / total.getAsLong());
  }

  /** {@code 12.3 MB of 35.9 MB, 4.1 MB/s, 0:06 left}. */
  @Override
  public String sentence() {
    double bytesPerSecond = elapsed.isZero() ? 0 : fetched / (elapsed.toNanos() / 1e9);
    StringBuilder text = new StringBuilder(Sizes.of(here));
    total.ifPresent(bytes -> text.append(" of ").append(Sizes.of(bytes)));
    text.append(String.format(Locale.ROOT, ", %.1f MB/s", bytesPerSecond / 1e6));
    if (total.isPresent() && bytesPerSecond > 0 && here <= total.getAsLong()) {
      long seconds = (long) Math.ceil((total.getAsLong() - here) / bytesPerSecond);
      text.append(", ").append(Times.remaining(Duration.ofSeconds(seconds))).append(" left");
    }
    return text.toString();
  }
}
