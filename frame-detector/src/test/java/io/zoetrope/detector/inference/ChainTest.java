package io.zoetrope.detector.inference;

import static io.zoetrope.detector.TestModels.tiny;
import static org.assertj.core.api.Assertions.assertThat;

import io.zoetrope.batches.BatchException;
import io.zoetrope.detector.TestVideos;
import io.zoetrope.detector.TestVideos.Cut;
import io.zoetrope.detector.boxes.Thresholds;
import io.zoetrope.detector.onnx.Model;
import io.zoetrope.media.ChainDecoder;
import io.zoetrope.media.ChainSource;
import io.zoetrope.media.CutOptions;
import io.zoetrope.media.PacketBatch;
import io.zoetrope.media.Sampling;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Records so small that chains begin soon, as they otherwise do only in GOPs past 256 packets. */
@Timeout(60)
class ChainTest {
  private static final List<Thresholds> RUNS = List.of(new Thresholds(0.1f, 0.45f));
  private static final CutOptions CHAINED =
      new CutOptions(4, 4_000, CutOptions.BEST_STREAM, Sampling.EVERY_FRAME);

  @TempDir private static Path folder;
  private static Path file;
  private static Cut chained;
  private static List<FrameResult> expected;

  private final AtomicInteger catchUps = new AtomicInteger();

  @BeforeAll
  static void makeVideo() throws Exception {
    file = folder.resolve("walk.mp4");
    TestVideos.walk(file, 150);
    chained = TestVideos.cut(file, CHAINED);
    assertThat(chained.batches().stream().filter(batch -> batch.chain().isPresent()))
        .hasSizeGreaterThan(12);
    Cut alone = TestVideos.cut(file, 16);
    try (Model model = Model.load(tiny("colours-v8.onnx"));
        BatchInference inference = new BatchInference(model, 2)) {
      expected =
          frames(
              alone.batches().stream()
                  .map(batch -> Requests.submit(inference, alone.stream(), batch, RUNS))
                  .toList());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5})
  void shouldTakeEachChainThroughOneDecoderHoweverManyWorkersThereAre(int workers) {
    try (Model model = Model.load(tiny("colours-v8.onnx"));
        BatchInference inference = new BatchInference(model, workers)) {
      assertThat(frames(submit(inference, chained.batches(), this::original))).isEqualTo(expected);
    }

    assertThat(catchUps).hasValue(0);
  }

  @Test
  void shouldCatchUpWithAChainThatAnotherProcessBegan() {
    List<PacketBatch> later =
        chained.batches().subList(chained.batches().size() / 2, chained.batches().size());

    try (Model model = Model.load(tiny("colours-v8.onnx"));
        BatchInference inference = new BatchInference(model, 2)) {
      assertThat(frames(submit(inference, later, this::original)))
          .isEqualTo(expected.subList(Math.toIntExact(later.get(0).firstFrame()), expected.size()));
    }

    assertThat(later.get(0).chain().orElseThrow().head()).isLessThan(later.get(0).sequence());
    assertThat(catchUps).hasValue(1);
  }

  @Test
  void shouldWorkOnOtherBatchesWhileAChainIsHeldUp() throws Exception {
    CountDownLatch hold = new CountDownLatch(1);
    PacketBatch inside = chainedLater();
    PacketBatch next = chained.batches().get(inside.sequence() + 1);
    Cut others = TestVideos.cut(file, 16);
    try (Model model = Model.load(tiny("colours-v8.onnx"));
        BatchInference inference = new BatchInference(model, 2)) {
      List<CompletableFuture<BatchResult>> held =
          submit(inference, List.of(inside, next), () -> waitFor(hold));
      List<CompletableFuture<BatchResult>> free =
          others.batches().stream()
              .map(batch -> Requests.submit(inference, others.stream(), batch, RUNS))
              .toList();

      assertThat(frames(free)).isEqualTo(expected);
      assertThat(held).noneMatch(CompletableFuture::isDone);

      hold.countDown();
      assertThat(frames(held)).hasSize(inside.expectedFrames() + next.expectedFrames());
    }
  }

  @Test
  void shouldFailABatchWhoseChainCannotBeCaughtUpWithAndNoOther() {
    PacketBatch inside = chainedLater();
    try (Model model = Model.load(tiny("colours-v8.onnx"));
        BatchInference inference = new BatchInference(model, 2)) {
      List<CompletableFuture<BatchResult>> results =
          submit(
              inference,
              List.of(inside, chained.batches().get(0)),
              () -> {
                throw new BatchException("LOCATION_NOT_FOUND", "The original isn't there.");
              });

      assertThat(results.get(0).join().failure())
          .contains(new Failure("LOCATION_NOT_FOUND", "The original isn't there."));
      assertThat(results.get(1).join().failure()).isEmpty();
    }
  }

  @Test
  void shouldLetGoOfAChainThatIsClosedWhileItCatchesUp() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch closed = new CountDownLatch(1);
    Chain chain =
        chain(
            () -> {
              begun.countDown();
              return waitFor(closed);
            });
    try (Model model = Model.load(tiny("colours-v8.onnx"));
        BatchInference inference = new BatchInference(model, 1)) {
      CompletableFuture<BatchResult> abandoned = submit(inference, chainedLater(), chain);
      begun.await();
      abandoned.cancel(false);
      chain.close();
      closed.countDown();

      assertThat(frames(submit(inference, chained.batches(), this::original))).isEqualTo(expected);
    }
  }

  /** A batch with others of its chain before it and behind it. */
  private static PacketBatch chainedLater() {
    return chained.batches().stream()
        .filter(batch -> batch.chain().filter(link -> !link.last()).isPresent())
        .filter(batch -> batch.chain().orElseThrow().head() < batch.sequence())
        .findFirst()
        .orElseThrow();
  }

  /** Each chain with a decoder of its own. */
  private static List<CompletableFuture<BatchResult>> submit(
      BatchInference inference, List<PacketBatch> batches, ChainSource source) {
    Map<Integer, Chain> chains = new HashMap<>();
    List<CompletableFuture<BatchResult>> results = new ArrayList<>();
    for (PacketBatch batch : batches) {
      results.add(
          batch
              .chain()
              .map(link -> chains.computeIfAbsent(link.head(), head -> chain(source)))
              .map(chain -> submit(inference, batch, chain))
              .orElseGet(() -> Requests.submit(inference, chained.stream(), batch, RUNS)));
    }
    return results;
  }

  private static CompletableFuture<BatchResult> submit(
      BatchInference inference, PacketBatch batch, Chain chain) {
    return Requests.submit(
        inference, Requests.of(chained.stream(), batch, Optional.of(chain), RUNS));
  }

  private static Chain chain(ChainSource source) {
    return new Chain(() -> new ChainDecoder(chained.stream(), source));
  }

  private ChainSource.Batches original() {
    catchUps.incrementAndGet();
    return source().open();
  }

  private static ChainSource source() {
    return ChainSource.over(() -> FileChannel.open(file), "walk.mp4", CHAINED);
  }

  private static ChainSource.Batches waitFor(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    return source().open();
  }

  private static List<FrameResult> frames(List<CompletableFuture<BatchResult>> results) {
    return results.stream().flatMap(result -> result.join().frames().stream()).toList();
  }
}
