package io.zoetrope.splitter;

import io.zoetrope.media.MediaLimits;
import io.zoetrope.schemas.RunDefaults;
import java.time.Duration;
import java.util.Map;

/**
 * What a splitter process is told.
 *
 * @param kafka client settings, {@code bootstrap.servers} among them
 * @param instance names this process among its like; another process of that name is fenced off
 * @param defaults what a run is where its producer doesn't say
 * @param limits that a video has to keep to
 * @param transactionTime after which published batches become visible, at the latest
 * @param transactionBytes after which published batches become visible, at the latest
 */
public record SplitterSettings(
    Map<String, Object> kafka,
    String instance,
    RunDefaults defaults,
    MediaLimits limits,
    Duration transactionTime,
    int transactionBytes) {

  /** Transactions short enough that nobody waits behind one, long enough to cost little. */
  public static SplitterSettings of(
      Map<String, Object> kafka, String instance, RunDefaults defaults) {
    return new SplitterSettings(
        kafka, instance, defaults, MediaLimits.DEFAULT, Duration.ofMillis(250), 16 << 20);
  }

  public SplitterSettings withLimits(MediaLimits other) {
    return new SplitterSettings(
        kafka, instance, defaults, other, transactionTime, transactionBytes);
  }
}
