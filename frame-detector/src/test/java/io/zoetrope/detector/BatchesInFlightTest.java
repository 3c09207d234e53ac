package io.zoetrope.detector;

import static org.assertj.core.api.Assertions.assertThat;

import io.zoetrope.detector.inference.BatchResult;
import io.zoetrope.detector.inference.Failure;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class BatchesInFlightTest {
  private static final TopicPartition A = new TopicPartition("frame-batches", 0);
  private static final TopicPartition B = new TopicPartition("frame-batches", 1);

  private final BatchesInFlight inFlight = new BatchesInFlight();

  @Test
  void shouldHoldBackABatchUntilAllBeforeItAreDone() {
    PendingBatch first = add(A, 5);
    PendingBatch second = add(A, 7);
    PendingBatch third = add(A, 8);

    finish(second);
    assertThat(inFlight.publishable()).isZero();
    assertThat(inFlight.takeDone()).isEmpty();
    assertThat(inFlight.firstOffset(A)).hasValue(5);

    finish(first);
    assertThat(inFlight.publishable()).isEqualTo(2);
    assertThat(inFlight.unfinished()).isEqualTo(1);
    assertThat(inFlight.takeDone()).containsExactly(first, second);
    assertThat(inFlight.firstOffset(A)).hasValue(8);

    finish(third);
    assertThat(inFlight.takeDone()).containsExactly(third);
    assertThat(inFlight.firstOffset(A)).isEmpty();
  }

  @Test
  void shouldNotLetPartitionsWaitForEachOther() {
    add(A, 5);
    PendingBatch other = add(B, 3);

    finish(other);

    assertThat(inFlight.takeDone()).containsExactly(other);
    assertThat(inFlight.firstOffset(A)).hasValue(5);
    assertThat(inFlight.firstOffset(B)).isEmpty();
    assertThat(inFlight.size()).isEqualTo(1);
  }

  @Test
  void shouldAbandonTheBatchesOfAPartition() {
    PendingBatch lost = add(A, 5);
    PendingBatch kept = add(B, 3);

    inFlight.abandon(List.of(A));

    assertThat(lost.result()).isCancelled();
    assertThat(kept.result()).isNotDone();
    assertThat(inFlight.takeDone()).isEmpty();
    assertThat(inFlight.firstOffset(A)).isEmpty();
    assertThat(inFlight.of(List.of(A, B))).containsExactly(kept);
    assertThat(inFlight.size()).isEqualTo(1);
  }

  @Test
  void shouldTakeAPartitionUpAgainAfterItWasAbandoned() {
    add(A, 5);
    add(A, 6);
    inFlight.abandonAll();
    PendingBatch again = add(A, 5);

    finish(again);

    assertThat(inFlight.size()).isEqualTo(1);
    assertThat(inFlight.takeDone()).containsExactly(again);
    assertThat(inFlight.size()).isZero();
  }

  @Test
  void shouldCallAPartitionCrowdedThatHasTwoBatchesOfAChain() {
    Optional<ChainKey> chain = Optional.of(new ChainKey("split", 3));
    add(A, 5, chain);
    add(B, 3, Optional.of(new ChainKey("split", 4)));
    add(B, 4);
    assertThat(inFlight.crowded()).isEmpty();

    PendingBatch second = add(A, 6, chain);

    assertThat(inFlight.crowded()).containsExactly(A);
    assertThat(inFlight.chains())
        .containsExactlyInAnyOrder(new ChainKey("split", 3), new ChainKey("split", 4));

    finish(second);
    assertThat(inFlight.crowded()).isEmpty();
  }

  private PendingBatch add(TopicPartition partition, long offset) {
    return add(partition, offset, Optional.empty());
  }

  private PendingBatch add(TopicPartition partition, long offset, Optional<ChainKey> chain) {
    PendingBatch batch =
        new PendingBatch(
            partition,
            offset,
            "video",
            "split",
            0,
            0,
            1,
            chain,
            List.of(),
            new CompletableFuture<>());
    inFlight.add(batch);
    return batch;
  }

  private static void finish(PendingBatch batch) {
    batch.result().complete(BatchResult.failed(new Failure("CODE", "A sentence.")));
  }
}
