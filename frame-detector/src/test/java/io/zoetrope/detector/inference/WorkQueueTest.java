package io.zoetrope.detector.inference;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class WorkQueueTest {
  private static final long LONG = TimeUnit.HOURS.toNanos(1);
  private static final Picture PICTURE = new Picture(null, null);

  private final BatchJob first = job();
  private final BatchJob second = job();
  private WorkQueue queue;

  @AfterEach
  void close() {
    queue.poll(10);
    queue.close();
  }

  @Test
  void shouldGiveOutPicturesBeforeBatchesWhereARunTakesOne() throws Exception {
    queue = new WorkQueue(2, 1, LONG);
    queue.add(first);
    queue.add(second);

    assertThat(queue.take()).containsSame(first);
    queue.offer(PICTURE);
    assertThat(queue.take()).containsSame(PICTURE);
    assertThat(queue.take()).containsSame(second);
  }

  @Test
  void shouldLeavePicturesToTheirWorkerWhileEveryOneHasABatchOfItsOwn() throws Exception {
    queue = new WorkQueue(2, 1, LONG);
    decode(first);
    assertThat(queue.offer(PICTURE)).isTrue();
    assertThat(queue.take()).containsSame(PICTURE);

    decode(second);
    assertThat(queue.offer(PICTURE)).isFalse();

    queue.ended(first);
    assertThat(queue.offer(PICTURE)).isTrue();
  }

  @Test
  void shouldRatherDecodeThanRunTheModelOverFewPictures() throws Exception {
    queue = new WorkQueue(2, 3, LONG);
    queue.add(first);
    queue.add(second);

    assertThat(queue.take()).containsSame(first);
    queue.offer(PICTURE);
    queue.offer(PICTURE);
    assertThat(queue.take()).containsSame(second);
  }

  @Test
  void shouldGiveOutPicturesWhenTheyFillARun() throws Exception {
    queue = new WorkQueue(2, 3, LONG);
    decode(first);
    queue.offer(PICTURE);
    queue.offer(PICTURE);
    CompletableFuture<Optional<Work>> taken = CompletableFuture.supplyAsync(this::take);

    queue.offer(PICTURE);

    assertThat(taken.get()).containsSame(PICTURE);
    assertThat(queue.poll(3)).hasSize(2);
  }

  @Test
  void shouldGiveOutTheLastPicturesWhenNoMoreAreDecoded() throws Exception {
    queue = new WorkQueue(2, 3, LONG);
    decode(first);
    decode(second);
    queue.offer(PICTURE);
    CompletableFuture<Optional<Work>> taken = CompletableFuture.supplyAsync(this::take);

    queue.ended(first);
    assertThat(taken).isNotDone();
    queue.ended(second);

    assertThat(taken.get()).containsSame(PICTURE);
  }

  @Test
  void shouldNotWaitForeverForADecoderThatIsSlow() throws Exception {
    queue = new WorkQueue(2, 3, TimeUnit.MILLISECONDS.toNanos(1));
    decode(first);
    queue.offer(PICTURE);

    assertThat(queue.take()).containsSame(PICTURE);
  }

  private void decode(BatchJob job) throws InterruptedException {
    queue.add(job);
    assertThat(queue.take()).containsSame(job);
  }

  private Optional<Work> take() {
    try {
      return queue.take();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static BatchJob job() {
    return new BatchJob(
        new InferenceRequest(null, 0, 0, 0, () -> null, Optional.empty(), List.of()),
        new CompletableFuture<>());
  }
}
