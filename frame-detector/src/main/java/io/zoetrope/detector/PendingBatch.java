package io.zoetrope.detector;

import io.zoetrope.detector.inference.BatchResult;
import io.zoetrope.detector.inference.Failure;
import io.zoetrope.events.BatchRun;
import io.zoetrope.events.FrameBatch;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.TopicPartition;

/**
 * A frame batch that was read and isn't published yet, without its packets.
 *
 * @param chain that it belongs to, if any
 * @param runs those of this detector's model
 */
record PendingBatch(
    TopicPartition partition,
    long offset,
    String videoId,
    String splitId,
    int sequence,
    long firstFrame,
    int expectedFrames,
    Optional<ChainKey> chain,
    List<BatchRun> runs,
    CompletableFuture<BatchResult> result) {

  static PendingBatch of(
      TopicPartition partition, long offset, FrameBatch batch, List<BatchRun> runs) {
    return new PendingBatch(
        partition,
        offset,
        batch.getVideoId(),
        batch.getSplitId(),
        batch.getSequence(),
        batch.getFirstFrame(),
        batch.getExpectedFrames(),
        ChainKey.of(batch),
        runs,
        new CompletableFuture<>());
  }

  boolean isDone() {
    return result.isDone();
  }

  /** Runs {@code action} when it is done, on whichever thread it is then. */
  @SuppressWarnings("FutureReturnValueIgnored") // It would only tell that the action threw.
  void whenDone(Runnable action) {
    result.whenComplete((ignored, failure) -> action.run());
  }

  void fail(Failure failure) {
    result.complete(BatchResult.failed(failure));
  }

  void abandon() {
    result.cancel(false);
  }
}
