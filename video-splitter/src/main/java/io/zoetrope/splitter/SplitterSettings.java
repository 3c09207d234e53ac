package io.zoetrope.splitter;

import io.zoetrope.media.MediaLimits;
import io.zoetrope.schemas.RunDefaults;
import io.zoetrope.schemas.Topics;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * What a splitter process is told.
 *
 * @param kafka client settings, {@code bootstrap.servers} among them
 * @param instance names this process among its like; another process of that name is fenced off
 * @param defaults what a run is where its producer doesn't say
 * @param shadowModels ids of the models that every new submission gets a run of beside those it
 *     asks for, as they are known when this is asked, from any thread; none of them sets the pace
 * @param limits that a video has to keep to
 * @param transactionTime after which published batches become visible, at the latest
 * @param transactionBytes after which published batches become visible, at the latest
 * @param batchesAhead of a run that may be published before the topology says that they are in
 */
public record SplitterSettings(
    Map<String, Object> kafka,
    String instance,
    RunDefaults defaults,
    Supplier<Set<String>> shadowModels,
    MediaLimits limits,
    Duration transactionTime,
    int transactionBytes,
    int batchesAhead) {
  /** Two for each partition: one that is worked on, and one that lies ready. */
  private static final int BATCHES_AHEAD = 2 * Topics.FRAME_BATCHES.partitions();

  /** Transactions short enough that nobody waits behind one, long enough to cost little. */
  public static SplitterSettings of(
      Map<String, Object> kafka, String instance, RunDefaults defaults) {
    return new SplitterSettings(
        kafka,
        instance,
        defaults,
        Set::of,
        MediaLimits.DEFAULT,
        Duration.ofMillis(250),
        16 << 20,
        BATCHES_AHEAD);
  }

  public SplitterSettings withShadowModels(Supplier<Set<String>> ids) {
    return new SplitterSettings(
        kafka, instance, defaults, ids, limits, transactionTime, transactionBytes, batchesAhead);
  }

  public SplitterSettings withLimits(MediaLimits other) {
    return new SplitterSettings(
        kafka,
        instance,
        defaults,
        shadowModels,
        other,
        transactionTime,
        transactionBytes,
        batchesAhead);
  }

  /** With another number; without bounds where no topology says what is in. */
  public SplitterSettings withBatchesAhead(int most) {
    return new SplitterSettings(
        kafka, instance, defaults, shadowModels, limits, transactionTime, transactionBytes, most);
  }
}
