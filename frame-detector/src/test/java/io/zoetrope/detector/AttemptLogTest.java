package io.zoetrope.detector;

import static org.assertj.core.api.Assertions.assertThat;

import io.zoetrope.detector.inference.Failure;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class AttemptLogTest {
  private static final TopicPartition A = new TopicPartition("frame-batches", 0);
  private static final TopicPartition B = new TopicPartition("frame-batches", 1);

  private final AttemptLog attempts = new AttemptLog("me");
  private final BatchesInFlight inFlight = new BatchesInFlight();

  @Test
  void shouldPutOnRecordWhatTheWorkersGet() {
    attempts.begin(add(A, 5));
    add(A, 6);
    attempts.begin(add(A, 8));

    assertThat(toCommit(A)).isEqualTo(committed(A, 5, "attempts me 0+ 3+"));
    assertThat(toCommit(A)).as("nothing has changed").isEmpty();
  }

  @Test
  void shouldTakeOffTheRecordWhatIsDoneAndWhatIsGivenUp() {
    PendingBatch first = add(A, 5);
    PendingBatch second = add(A, 6);
    attempts.begin(first);
    attempts.begin(second);

    second.fail(new Failure("CODE", "Done, but not the first of its partition."));
    assertThat(toCommit(A)).isEqualTo(committed(A, 5, "attempts me 0+"));

    attempts.release(List.of(A));
    assertThat(toCommit(A)).isEqualTo(committed(A, 5, ""));
  }

  @Test
  void shouldCountTheDeathsThatAnEarlierOwnerLeft() {
    attempts.assigned(committed(A, 5, "attempts other 0+ 1 3:1+ 4:2"));
    PendingBatch first = add(A, 5);
    PendingBatch second = add(A, 6);

    assertThat(attempts.deaths(first)).isEqualTo(1);
    assertThat(attempts.deaths(second)).isZero();
    assertThat(attempts.deaths(add(A, 8))).isEqualTo(2);

    attempts.begin(first);
    attempts.begin(second);
    assertThat(toCommit(A))
        .as("those that weren't read yet stay on record")
        .isEqualTo(committed(A, 5, "attempts me 0:1+ 1+ 3:2 4:2"));

    attempts.release(List.of(A));
    assertThat(toCommit(A)).isEqualTo(committed(A, 5, "attempts me 0:1 3:2 4:2"));
  }

  @Test
  void shouldForgetDeathsThatLieBehind() {
    attempts.assigned(committed(A, 5, "attempts other 0+ 3+"));
    PendingBatch next = add(A, 8);

    assertThat(toCommit(A)).isEqualTo(committed(A, 8, "attempts me 0:1"));
    assertThat(attempts.deaths(next)).isEqualTo(1);
  }

  @Test
  void shouldNotTakeItsOwnFailureForADeath() {
    attempts.assigned(committed(A, 5, "attempts me 0+"));

    assertThat(attempts.deaths(add(A, 5))).isZero();
  }

  @Test
  void shouldCommitNothingForWhatIsAssignedAsItWas() {
    attempts.assigned(committed(A, 5, ""));
    add(A, 5);

    assertThat(toCommit(A)).isEmpty();
  }

  @Test
  void shouldKeepPartitionsApart() {
    attempts.begin(add(A, 5));
    attempts.begin(add(B, 7));

    attempts.forget(List.of(A));

    assertThat(attempts.inHand(List.of(A))).isEmpty();
    assertThat(attempts.inHand(List.of(B))).hasSize(1);
    assertThat(toCommit(B)).isEqualTo(committed(B, 7, "attempts me 0+"));
  }

  private Map<TopicPartition, OffsetAndMetadata> toCommit(TopicPartition partition) {
    return attempts.toCommit(
        List.of(partition), inFlight, p -> inFlight.firstOffset(p).orElseThrow());
  }

  private static Map<TopicPartition, OffsetAndMetadata> committed(
      TopicPartition partition, long offset, String metadata) {
    return Map.of(partition, new OffsetAndMetadata(offset, metadata));
  }

  private PendingBatch add(TopicPartition partition, long offset) {
    PendingBatch batch =
        new PendingBatch(
            partition,
            offset,
            "video",
            "split",
            0,
            0,
            1,
            Optional.empty(),
            List.of(),
            new CompletableFuture<>());
    inFlight.add(batch);
    return batch;
  }
}
