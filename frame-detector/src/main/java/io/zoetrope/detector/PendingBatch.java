package io.zoetrope.detector;

import io.zoetrope.detector.inference.BatchResult;
import io.zoetrope.events.BatchRun;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.TopicPartition;

/**
 * A frame batch that was read and isn't published yet, without its packets.
 *
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
    List<BatchRun> runs,
    CompletableFuture<BatchResult> result) {

  boolean isDone() {
    return result.isDone();
  }

  void abandon() {
    result.cancel(false);
  }
}
