package io.zoetrope.topology;

import static io.zoetrope.topology.Events.RUN;
import static io.zoetrope.topology.Events.RUN_KEY;
import static io.zoetrope.topology.Events.VIDEO;
import static io.zoetrope.topology.Events.batch;
import static io.zoetrope.topology.Events.completed;
import static io.zoetrope.topology.Events.failedBatch;
import static io.zoetrope.topology.Events.lostBatch;
import static io.zoetrope.topology.Events.request;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.zoetrope.events.BatchDetections;
import io.zoetrope.events.MissingFrames;
import io.zoetrope.events.RepairRequested;
import io.zoetrope.events.RunStatus;
import io.zoetrope.events.SequenceRange;
import io.zoetrope.schemas.DeadLetter;
import io.zoetrope.schemas.Keys;
import io.zoetrope.schemas.Topics;
import io.zoetrope.topology.query.RunDigest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Of a compacted log the last record remains, so it has to be the one that stands. */
class StandingResultTest {
  private static final String FIRST = Keys.detections(VIDEO, RUN, 0);
  private static final int LOGS = 20;
  private static final int RESULTS = 12;

  @TempDir Path folder;
  private TopologyRig rig;

  @BeforeEach
  void open() {
    rig = new TopologyRig(folder.resolve("live"));
    rig.request(request(RUN));
    rig.split(completed(RUN));
  }

  @AfterEach
  void close() {
    rig.close();
  }

  @Test
  void shouldWriteABetterResultAgainAfterAWorseOne() {
    rig.detect(batch(0));
    rig.detect(failedBatch(0));

    assertThat(rig.published(Topics.DETECTIONS))
        .extracting(TestRecord::key, TestRecord::value)
        .containsExactly(tuple(FIRST, batch(0)));
    assertThat(rig.detections(RUN_KEY)).containsExactly(batch(0));
  }

  @Test
  void shouldWriteNothingAgainForTheSameResult() {
    rig.detect(batch(0));
    rig.detect(batch(0));

    assertThat(rig.published(Topics.DETECTIONS)).isEmpty();
  }

  @Test
  void shouldWriteTheFirstAgainAfterAnotherThatIsAsGood() {
    BatchDetections other = batch(0);
    other.getFrames().get(0).setWidth(7);

    rig.detect(batch(0));
    rig.detect(other);

    assertThat(rig.published(Topics.DETECTIONS))
        .extracting(TestRecord::value)
        .containsExactly(batch(0));
    assertThat(rig.detections(RUN_KEY)).containsExactly(batch(0));
  }

  @Test
  void shouldPreferAFailureThatKnowsItsFrames() {
    rig.detect(lostBatch(0, "BATCH_LOST"));
    rig.detect(failedBatch(0));
    rig.detect(lostBatch(0, "BATCH_LOST"));

    assertThat(rig.detections(RUN_KEY)).containsExactly(failedBatch(0));
  }

  @Test
  void shouldFailTheBatchOfARecordThatNobodyCanRead() {
    rig.detect(batch(0));
    rig.detect(batch(2));

    rig.pipeBytes(Topics.DETECTIONS, Keys.detections(VIDEO, RUN, 1), "no Avro".getBytes(UTF_8));

    assertThat(rig.deadLetterKeys()).containsExactly(Keys.detections(VIDEO, RUN, 1));
    var end = rig.results().get(0).value;
    assertThat(end.getStatus()).isEqualTo(RunStatus.INCOMPLETE);
    assertThat(end.getFrames().getFailed()).isEqualTo(4);
    assertThat(end.getMissing())
        .extracting(
            MissingFrames::getSequence,
            MissingFrames::getFirstFrame,
            MissingFrames::getLastFrame,
            missing -> missing.getFailure().getCode())
        .containsExactly(tuple(1, 4L, 7L, "RECORD_UNREADABLE"));
  }

  @Test
  void shouldNotLetAnUnreadableRecordTakeAResultsPlace() {
    rig.detect(batch(0));

    rig.pipeBytes(Topics.DETECTIONS, FIRST, "no Avro".getBytes(UTF_8));

    assertThat(rig.detections(RUN_KEY)).containsExactly(batch(0));
    assertThat(rig.published(Topics.DETECTIONS))
        .extracting(TestRecord::value)
        .containsExactly(batch(0));
  }

  @Test
  void shouldFailTheBatchOfARecordThatContradictsItself() {
    var shuffled = batch(1);
    shuffled.setFrames(List.of(shuffled.getFrames().get(1), shuffled.getFrames().get(0)));
    rig.pipe(Topics.DETECTIONS, FIRST, batch(2));
    rig.detect(shuffled);

    assertThat(rig.deadLetterKeys()).containsExactly(FIRST, Keys.detections(VIDEO, RUN, 1));
    assertThat(rig.detections(RUN_KEY))
        .extracting(BatchDetections::getSequence, failed -> failed.getFailure().getCode())
        .containsExactly(tuple(0, "RECORD_INVALID"), tuple(1, "RECORD_INVALID"));
  }

  @Test
  void shouldTryWhatFailedAsAWholeAgainWhenTheRunIsAskedForAgain() {
    rig.detect(batch(0));
    rig.detect(failedBatch(1));
    rig.detect(lostBatch(2, "BATCH_LOST"));
    assertThat(rig.published(Topics.REPAIRS)).isEmpty();

    rig.request(request(RUN));

    assertThat(rig.published(Topics.REPAIRS))
        .extracting(TestRecord::key, TestRecord::value)
        .containsExactly(
            tuple(
                Keys.split(VIDEO, Events.SPLIT),
                new RepairRequested(
                    VIDEO, Events.SPLIT, List.of(RUN), List.of(new SequenceRange(1, 2)), 0)));
  }

  @Test
  void shouldSetAsideWhatItCannotReadOrWhatContradictsItself() {
    String unreadable = Keys.run(VIDEO, "another");

    rig.pipeBytes(Topics.RUNS, unreadable, "no Avro".getBytes(UTF_8));
    rig.pipe(Topics.SPLITS, Keys.split(VIDEO, "another"), completed(RUN));

    assertThat(rig.deadLetters())
        .extracting(TestRecord::key, l -> DeadLetter.in(l.headers()).orElseThrow().code())
        .containsExactly(
            tuple(unreadable, "RECORD_UNREADABLE"),
            tuple(Keys.split(VIDEO, "another"), "RECORD_INVALID"));
    assertThat(rig.ledger(unreadable)).isNull();
  }

  @Test
  void shouldSetAsideWhatNamesNoBatch() {
    rig.pipeBytes(Topics.DETECTIONS, "some key", "no Avro".getBytes(UTF_8));

    assertThat(rig.deadLetterKeys()).containsExactly("some key");
    assertThat(rig.detections(RUN_KEY)).isEmpty();
  }

  @Test
  void shouldLearnTheSplitOfARunWhoseFirstRecordNobodyCouldRead() {
    String key = Keys.detections(VIDEO, "run-2", 0);

    rig.pipeBytes(Topics.DETECTIONS, key, "no Avro".getBytes(UTF_8));
    rig.request(request("run-2"));

    assertThat(rig.ledger(Keys.run(VIDEO, "run-2")).splitId()).isEqualTo(Events.SPLIT);
  }

  @Test
  void shouldBeRebuiltFromTheLogHoweverFarItIsCompacted() {
    long seed = new Random().nextLong();
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    for (int i = 0; i < LOGS; i++) {
      List<TestRecord<String, BatchDetections>> log = new ArrayList<>();
      RunDigest live;
      try (TopologyRig working = new TopologyRig(folder.resolve("live-" + i))) {
        open(working);
        for (int j = 0; j < RESULTS; j++) {
          TestRecord<String, BatchDetections> record = working.record(anyResult(random));
          log.add(record);
          working.pipe(record);
          log.addAll(working.published(Topics.DETECTIONS));
        }
        live = working.queries().digest(VIDEO, RUN).value().orElseThrow();
      }

      try (TopologyRig rebuilt = TopologyRig.rebuilding(folder.resolve("rebuilt-" + i))) {
        open(rebuilt);
        compacted(log, random.nextInt(log.size() + 1)).forEach(rebuilt::pipe);

        assertThat(rebuilt.queries().digest(VIDEO, RUN).value())
            .as("seed %d, log %d", seed, i)
            .contains(live);
      }
    }
  }

  private static void open(TopologyRig rig) {
    rig.request(request(RUN));
    rig.split(completed(RUN));
  }

  private static BatchDetections anyResult(Random random) {
    int sequence = random.nextInt(Events.BATCHES);
    return switch (random.nextInt(6)) {
      case 0 -> failedBatch(sequence);
      case 1 -> lostBatch(sequence, "BATCH_LOST");
      case 2 -> lostBatch(sequence, "RECORD_UNREADABLE");
      case 3 -> {
        BatchDetections other = batch(RUN, sequence, 1);
        other.getFrames().get(2).setHeight(random.nextInt(3));
        yield other;
      }
      default -> batch(RUN, sequence, 1 + random.nextInt(2));
    };
  }

  /**
   * Of each key's records among the first {@code cleaned} only the last one, and all after them.
   */
  private static List<TestRecord<String, BatchDetections>> compacted(
      List<TestRecord<String, BatchDetections>> log, int cleaned) {
    Map<String, TestRecord<String, BatchDetections>> last = new LinkedHashMap<>();
    for (TestRecord<String, BatchDetections> record : log.subList(0, cleaned)) {
      last.remove(record.key());
      last.put(record.key(), record);
    }
    List<TestRecord<String, BatchDetections>> rest = new ArrayList<>(last.values());
    rest.addAll(log.subList(cleaned, log.size()));
    return rest;
  }
}
