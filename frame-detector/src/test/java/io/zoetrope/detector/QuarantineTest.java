package io.zoetrope.detector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.zoetrope.detector.inference.BatchResult;
import io.zoetrope.detector.inference.Failure;
import io.zoetrope.events.FrameBatch;
import io.zoetrope.schemas.DeadLetter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class QuarantineTest {
  private static final Optional<String> SURVIVED = Optional.empty();
  private static final Optional<String> DIED = Optional.of("died of SIGSEGV");
  private static final Optional<ChainKey> CHAIN = Optional.of(new ChainKey("split", 0));

  private final List<CompletableFuture<Optional<String>>> trials = new ArrayList<>();
  private final SetAside setAside = new SetAside();
  private final Quarantine quarantine =
      new Quarantine(
          new Quarantine.Trials() {
            @Override
            public CompletableFuture<Optional<String>> start(FrameBatch batch) {
              trials.add(new CompletableFuture<>());
              return trials.get(trials.size() - 1);
            }

            @Override
            public void close() {}
          },
          setAside);

  private int offset;

  @Test
  void shouldTakeInNothingThatIsUnsuspected() {
    assertThat(quarantine.takesIn(batch("split", CHAIN), 0)).isFalse();
    assertThat(released()).isEmpty();
  }

  @Test
  void shouldReleaseWhatSurvivesItsTrial() {
    FetchedBatch batch = batch("split");
    assertThat(quarantine.takesIn(batch, 1)).isTrue();
    assertThat(released()).isEmpty();

    trials.get(0).complete(SURVIVED);

    assertThat(released()).containsExactly(batch);
    assertThat(quarantine.size()).isZero();
  }

  @Test
  void shouldFailWhatItsTrialDiesOf() {
    FetchedBatch batch = batch("split");
    quarantine.takesIn(batch, 1);
    released();

    trials.get(0).complete(DIED);

    assertThat(released()).isEmpty();
    assertThat(failure(batch))
        .isEqualTo(
            new Failure("DECODER_CRASHED", "Batch 7: a process that decodes it died of SIGSEGV."));
  }

  @Test
  void shouldSetAsideTheRecordOfWhatItFails() {
    FetchedBatch deadly = batch("split");
    FetchedBatch harmless = batch("other");
    quarantine.takesIn(deadly, 4);
    quarantine.takesIn(harmless, 1);
    released();
    trials.get(0).complete(SURVIVED);

    assertThat(released()).containsExactly(harmless);
    assertThat(setAside.take(harmless.pending())).isEmpty();
    assertThat(setAside.take(deadly.pending()))
        .hasValueSatisfying(
            letter -> {
              assertThat(letter.topic()).isEqualTo("zoetrope.frame-batches.dead-letter.v1");
              assertThat(letter.value()).isEqualTo(deadly.record().value());
              assertThat(DeadLetter.in(letter.headers()))
                  .contains(
                      new DeadLetter(
                          "DECODER_CRASHED",
                          "Batch 7: 4 processes ended while they had it in hand.",
                          "frame-batches",
                          0,
                          deadly.record().offset()));
            });
    assertThat(setAside.take(deadly.pending())).as("only once").isEmpty();
  }

  @Test
  void shouldNotHaveTwoInHandThatWereTriedAndInHandAtASecondDeath() {
    FetchedBatch first = batch("split");
    FetchedBatch second = batch("other");
    quarantine.takesIn(first, 2);
    quarantine.takesIn(second, 2);
    released();
    trials.get(0).complete(SURVIVED);
    assertThat(released()).containsExactly(first);
    trials.get(1).complete(SURVIVED);
    assertThat(released()).as("while the first is in hand").isEmpty();

    first.pending().fail(new Failure("CODE", "Or found something in it."));

    assertThat(released()).containsExactly(second);
  }

  @Test
  void shouldFailWhatSurvivesItsTrialsAndStillKillsOneProcessAfterAnother() {
    FetchedBatch often = batch("split");
    FetchedBatch tooOften = batch("split");
    quarantine.takesIn(often, 3);
    quarantine.takesIn(tooOften, 4);
    released();
    trials.get(0).complete(SURVIVED);

    assertThat(released()).containsExactly(often);
    assertThat(trials).hasSize(1);
    assertThat(failure(tooOften).message())
        .isEqualTo("Batch 7: 4 processes ended while they had it in hand.");
  }

  @Test
  void shouldTryTheOtherBatchesOfASplitThatHasADeadlyOne() {
    FetchedBatch deadly = batch("split");
    quarantine.takesIn(deadly, 1);
    released();
    trials.get(0).complete(DIED);
    released();

    FetchedBatch next = batch("split");
    assertThat(quarantine.takesIn(next, 0)).isTrue();
    assertThat(quarantine.takesIn(batch("other"), 0)).isFalse();
    released();
    trials.get(1).complete(SURVIVED);
    assertThat(released()).containsExactly(next);
  }

  @Test
  void shouldFailTheRestOfAChainWithoutATrial() {
    FetchedBatch deadly = batch("split", CHAIN);
    FetchedBatch next = batch("split", CHAIN);
    quarantine.takesIn(deadly, 1);
    quarantine.takesIn(next, 0);
    released();
    trials.get(0).complete(DIED);
    released();
    FetchedBatch later = batch("split", CHAIN);
    quarantine.takesIn(later, 0);

    assertThat(released()).isEmpty();
    assertThat(trials).hasSize(1);
    assertThat(failure(next)).isEqualTo(failure(later));
    assertThat(failure(later).code()).isEqualTo("DECODER_CRASHED");
    assertThat(failure(later).message()).contains("a batch before it");
  }

  @Test
  void shouldKeepTheOrderOfAChain() {
    FetchedBatch suspect = batch("split", CHAIN);
    FetchedBatch next = batch("split", CHAIN);
    quarantine.takesIn(suspect, 1);

    assertThat(quarantine.takesIn(next, 0)).isTrue();
    released();
    trials.get(0).complete(SURVIVED);

    assertThat(released()).containsExactly(suspect, next);
  }

  @Test
  void shouldGiveUpTheTrialOfABatchThatGoesElsewhere() {
    FetchedBatch lost = batch("split");
    FetchedBatch kept = batch("other");
    quarantine.takesIn(lost, 1);
    quarantine.takesIn(kept, 1);
    released();

    lost.pending().abandon();
    released();

    assertThat(trials.get(0)).isCancelled();
    trials.get(1).complete(SURVIVED);
    assertThat(released()).containsExactly(kept);
  }

  @Test
  void shouldNotJudgeWithoutATrial() {
    quarantine.takesIn(batch("split"), 1);
    released();

    trials.get(0).completeExceptionally(new IllegalStateException("no registry"));

    assertThatExceptionOfType(CompletionException.class).isThrownBy(this::released);
  }

  private List<FetchedBatch> released() {
    List<FetchedBatch> released = new ArrayList<>();
    quarantine.release(released::add);
    return released;
  }

  private static Failure failure(FetchedBatch batch) {
    BatchResult result = batch.pending().result().join();
    return result.failure().orElseThrow();
  }

  private FetchedBatch batch(String split) {
    return batch(split, Optional.empty());
  }

  private FetchedBatch batch(String split, Optional<ChainKey> chain) {
    long at = offset++;
    return new FetchedBatch(
        new PendingBatch(
            new TopicPartition("frame-batches", 0),
            at,
            "video",
            split,
            7,
            0,
            1,
            chain,
            List.of(),
            new CompletableFuture<>()),
        new FrameBatch(),
        new ConsumerRecord<>("frame-batches", 0, at, null, new byte[] {(byte) at}));
  }
}
