package io.zoetrope.cli.report;

import java.time.Duration;
import java.util.Locale;

/** How times are written for people. */
final class Times {
  private Times() {}

  /** A position in a video: {@code 1:02.345}, {@code 1:00:02.345}. */
  static String position(long micros) {
    long millis = Math.round(micros / 1000.0);
    long minutes = millis / 60_000;
    double seconds = (millis % 60_000) / 1000.0;
    return minutes < 60
        ? String.format(Locale.ROOT, "%d:%06.3f", minutes, seconds)
        : String.format(Locale.ROOT, "%d:%02d:%06.3f", minutes / 60, minutes % 60, seconds);
  }

  /** A time to wait: {@code 0:07}, {@code 1:02:03}. */
  static String remaining(Duration duration) {
    long seconds = duration.toSeconds();
    return seconds < 3600
        ? String.format(Locale.ROOT, "%d:%02d", seconds / 60, seconds % 60)
        : String.format(
            Locale.ROOT, "%d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60);
  }

  /** A time that passed: {@code 4.2 s}. */
  static String elapsed(Duration duration) {
    return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
  }
}
