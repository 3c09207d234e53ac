package io.zoetrope.topology.ledger;

import io.zoetrope.events.SplitCompleted;

/**
 * What a split turned out to be, once the whole video was cut.
 *
 * @param batches sequences 0 to {@code batches - 1}
 * @param expectedFrames in all of them
 * @param packets null where an earlier release cut the video, which didn't count them
 */
public record SplitFacts(
    int batches, long expectedFrames, StreamFacts stream, PacketCounts packets) {
  static SplitFacts of(SplitCompleted completed) {
    return new SplitFacts(
        completed.getBatches(),
        completed.getExpectedFrames(),
        StreamFacts.of(completed),
        PacketCounts.of(completed.getPackets()));
  }
}
