package io.zoetrope.cli.rerun;

import io.zoetrope.cli.report.Progress;
import java.time.Duration;
import java.util.Locale;
import java.util.OptionalDouble;

/**
 * How far runs over many videos are.
 *
 * @param ended runs
 * @param frames that came to their end in the runs that were heard of
 * @param elapsed since the first run was waited for
 */
record RunsProgress(int ended, int videos, long frames, Duration elapsed) implements Progress {
  @Override
  public OptionalDouble share() {
    return OptionalDouble.of(videos == 0 ? 1 : (double) ended / videos);
  }

  /** {@code 3 of 12 videos, 4120 frames, 58.2 frames/s}. */
  @Override
  public String sentence() {
    double seconds = elapsed.toNanos() / 1e9;
    return String.format(
        Locale.ROOT,
        "%d of %d videos, %d frames, %.1f frames/s",
        ended,
        videos,
        frames,
        seconds == 0 ? 0 : frames / seconds);
  }
}
