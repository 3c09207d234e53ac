package io.zoetrope.topology;

import static io.zoetrope.topology.Events.RUN;
import static io.zoetrope.topology.Events.RUN_KEY;
import static io.zoetrope.topology.Events.VIDEO;
import static io.zoetrope.topology.Events.batch;
import static io.zoetrope.topology.Events.batchWithoutFrames;
import static io.zoetrope.topology.Events.completed;
import static io.zoetrope.topology.Events.cutShort;
import static io.zoetrope.topology.Events.failedBatch;
import static io.zoetrope.topology.Events.furtherPass;
import static io.zoetrope.topology.Events.progress;
import static io.zoetrope.topology.Events.rejected;
import static io.zoetrope.topology.Events.rejectedLater;
import static io.zoetrope.topology.Events.request;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.tuple;

import io.zoetrope.events.BatchLedger;
import io.zoetrope.events.Failure;
import io.zoetrope.events.FrameLedger;
import io.zoetrope.events.MissingFrames;
import io.zoetrope.events.RunCompleted;
import io.zoetrope.events.RunStatus;
import io.zoetrope.events.SplitCompleted;
import io.zoetrope.schemas.Keys;
import io.zoetrope.schemas.Topics;
import io.zoetrope.schemas.registry.SchemaCatalogue;
import io.zoetrope.schemas.serdes.EventSerdes;
import io.zoetrope.topology.ledger.LabelSummary;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.streams.KeyValue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VideoLedgerTopologyTest {
  private static final Duration A_LOOK = Duration.ofSeconds(5);

  @TempDir Path stateDir;
  private TopologyRig rig;

  @BeforeEach
  void open() {
    rig = new TopologyRig(stateDir);
  }

  @AfterEach
  void close() {
    rig.close();
  }

  @Test
  void shouldCloseARunWhenTheSplitIsCompletedAndEveryBatchIsIn() {
    rig.request(request(RUN));
    rig.split(progress(1, RUN));
    rig.detect(batch(0));
    rig.detect(batch(2));
    rig.split(completed(RUN));
    assertThat(rig.results()).isEmpty();

    rig.detect(batch(1));

    assertThat(rig.results()).containsExactly(KeyValue.pair(RUN_KEY, complete(RUN, 1)));
    assertThat(rig.ledger(RUN_KEY).labels())
        .containsOnly(entry("car", new LabelSummary(12, 12, 0.5f + 11 / 100f, 0, 440_000)));
  }

  @Test
  void shouldNeverCallARunCompleteWhoseFileEndsBeforeItsOwnEnd() {
    rig.request(request(RUN));
    rig.split(cutShort("the file ends after 12 of the 175 packets in its index", RUN));
    rig.detect(batch(0));
    rig.detect(batch(1));
    rig.detect(batch(2));

    RunCompleted end = rig.results().get(0).value;
    assertThat(end.getStatus()).isEqualTo(RunStatus.INCOMPLETE);
    assertThat(end.getReadError())
        .isEqualTo("the file ends after 12 of the 175 packets in its index");
    assertThat(end.getFrames()).isEqualTo(new FrameLedger(12L, 12L, 0L, 0L, 0L));
  }

  @Test
  void shouldCloseARunThatIsAskedForLast() {
    rig.detect(batch(0));
    rig.detect(batch(1));
    rig.detect(batch(2));
    rig.split(completed(RUN));
    assertThat(rig.results()).isEmpty();

    rig.request(request(RUN));

    assertThat(rig.results()).containsExactly(KeyValue.pair(RUN_KEY, complete(RUN, 1)));
  }

  @Test
  void shouldCloseAVideoWithoutFrames() {
    rig.request(request(RUN));
    var event = completed(0, RUN);
    ((SplitCompleted) event.getState()).setBatches(0);

    rig.split(event);

    assertThat(rig.results())
        .extracting(result -> result.value.getStatus(), result -> result.value.getFrames())
        .containsExactly(tuple(RunStatus.COMPLETE, new FrameLedger(0L, 0L, 0L, 0L, 0L)));
  }

  @Test
  void shouldWaitForABatchWithoutFrames() {
    completeRunButForABatchWithoutFrames();
    assertThat(rig.results()).isEmpty();

    rig.detect(batchWithoutFrames(null));

    RunCompleted end = rig.results().get(0).value;
    assertThat(end.getStatus()).isEqualTo(RunStatus.COMPLETE);
    assertThat(end.getFrames()).isEqualTo(new FrameLedger(12L, 12L, 0L, 0L, 0L));
    assertThat(end.getBatches()).isEqualTo(new BatchLedger(4, 4, 0));
  }

  @Test
  void shouldMissNothingWhereABatchWithoutFramesFailed() {
    completeRunButForABatchWithoutFrames();

    rig.detect(batchWithoutFrames(new Failure("BATCH_FAILED", "the decoder gave up")));

    RunCompleted end = rig.results().get(0).value;
    assertThat(end.getStatus()).isEqualTo(RunStatus.COMPLETE);
    assertThat(end.getBatches()).isEqualTo(new BatchLedger(4, 3, 1));
    assertThat(end.getMissing()).isEmpty();
  }

  private void completeRunButForABatchWithoutFrames() {
    rig.request(request(RUN));
    var event = completed(RUN);
    ((SplitCompleted) event.getState()).setBatches(4);
    rig.split(event);
    rig.detect(batch(0));
    rig.detect(batch(1));
    rig.detect(batch(2));
  }

  @Test
  void shouldIgnoreWhatComesTwice() {
    completeRun();
    rig.results();

    completeRun();

    assertThat(rig.results()).isEmpty();
    assertThat(rig.ledger(RUN_KEY).frames().processed()).isEqualTo(12);
  }

  @Test
  void shouldNameWhatFailed() {
    rig.request(request(RUN));
    rig.split(completed(RUN));
    rig.detect(batch(RUN, 0, 2));
    rig.detect(failedBatch(1));
    rig.detect(batch(2));

    RunCompleted end = rig.results().get(0).value;

    assertThat(end.getStatus()).isEqualTo(RunStatus.INCOMPLETE);
    assertThat(end.getFrames()).isEqualTo(new FrameLedger(12L, 6L, 0L, 6L, 0L));
    assertThat(end.getBatches()).isEqualTo(new BatchLedger(3, 2, 1));
    assertThat(end.getMissing())
        .containsExactly(
            new MissingFrames(
                0, 0L, 1L, 0L, new Failure("FRAME_LOST", "the decoder gave no picture")),
            new MissingFrames(1, 4L, 7L, null, new Failure("DECODER_FAILED", "no decoder")));
  }

  @Test
  void shouldNameFramesThatNoBatchSpeaksOf() {
    rig.request(request(RUN));
    rig.split(completed(14, RUN));
    rig.detect(batch(0));
    rig.detect(batch(1));
    rig.detect(batch(2));

    RunCompleted end = rig.results().get(0).value;

    assertThat(end.getStatus()).isEqualTo(RunStatus.INCOMPLETE);
    assertThat(end.getFrames()).isEqualTo(new FrameLedger(14L, 12L, 0L, 2L, 0L));
    assertThat(end.getMissing())
        .extracting(MissingFrames::getFirstFrame, MissingFrames::getLastFrame)
        .containsExactly(tuple(12L, 13L));
  }

  @Test
  void shouldReviseARunWhenSuccessReplacesFailure() {
    rig.request(request(RUN));
    rig.split(completed(RUN));
    rig.detect(failedBatch(0));
    rig.detect(batch(RUN, 1, 3));
    rig.detect(batch(2));
    rig.results();

    rig.detect(batch(0));
    rig.advance(A_LOOK);
    rig.detect(batch(1));
    rig.detect(failedBatch(0));

    assertThat(rig.results())
        .extracting(end -> end.value.getRevision(), end -> end.value.getFrames().getFailed())
        .containsExactly(tuple(2, 3L), tuple(3, 0L));
    assertThat(rig.ledger(RUN_KEY).labels().get("car").detections()).isEqualTo(12);
    assertThat(rig.detections(RUN_KEY)).containsExactly(batch(0), batch(1), batch(2));
  }

  @Test
  void shouldReviseOnceForAllThatCameSinceTheLastLook() {
    rig.request(request(RUN));
    rig.split(completed(RUN));
    rig.detect(failedBatch(0));
    rig.detect(failedBatch(1));
    rig.detect(failedBatch(2));
    rig.results();

    rig.detect(batch(0));
    rig.detect(batch(2));
    assertThat(rig.results()).isEmpty();
    rig.advance(A_LOOK);
    rig.advance(A_LOOK);

    assertThat(rig.results())
        .extracting(end -> end.value.getRevision(), end -> end.value.getFrames().getFailed())
        .containsExactly(tuple(2, 4L));
  }

  @Test
  void shouldRejectARunWhoseVideoCannotBeCut() {
    rig.request(request(RUN));

    rig.split(rejected(RUN));

    RunCompleted end = rig.results().get(0).value;
    assertThat(end.getStatus()).isEqualTo(RunStatus.REJECTED);
    assertThat(end.getRejection())
        .isEqualTo(new Failure("MEDIA_UNSUPPORTED", "this is no video; send one"));
    assertThat(end.getFrames()).isEqualTo(new FrameLedger(0L, 0L, 0L, 0L, 0L));
  }

  @Test
  void shouldCompleteARunWhoseVideoCouldBeCutAfterAll() {
    rig.request(request(RUN));
    rig.split(rejected(RUN));

    rig.split(completed(RUN));
    rig.detect(batch(0));
    rig.detect(batch(1));
    rig.detect(batch(2));

    assertThat(rig.results())
        .extracting(end -> end.value.getStatus())
        .containsExactly(RunStatus.REJECTED, RunStatus.COMPLETE);
  }

  @Test
  void shouldKeepACompleteRunWhenALaterPassIsRejected() {
    completeRun();
    rig.request(request("run-2"));
    rig.results();

    rig.split(rejected(RUN, "run-2"));

    assertThat(rig.results())
        .extracting(end -> end.key, end -> end.value.getStatus())
        .containsExactly(tuple(Keys.run(VIDEO, "run-2"), RunStatus.REJECTED));
  }

  @Test
  void shouldCloseASecondRunByWhatTheFirstPassFound() {
    completeRun();
    rig.request(request("run-2"));
    rig.results();

    rig.split(furtherPass(RUN, "run-2"));
    for (int sequence = 0; sequence < Events.BATCHES; sequence++) {
      rig.detect(batch("run-2", sequence, 0));
    }

    assertThat(rig.results())
        .containsExactly(KeyValue.pair(Keys.run(VIDEO, "run-2"), complete("run-2", 1)));
  }

  @Test
  void shouldTakeBackABatchThatIsDeleted() {
    completeRun();
    rig.results();

    rig.pipe(Topics.DETECTIONS, Keys.detections(VIDEO, RUN, 2), null);

    assertThat(rig.ledger(RUN_KEY).batches().total()).isEqualTo(2);
    assertThat(rig.ledger(RUN_KEY).labels().get("car").lastMicros()).isEqualTo(280_000);
    rig.detect(batch(2));
    assertThat(rig.results()).containsExactly(KeyValue.pair(RUN_KEY, complete(RUN, 2)));
  }

  @Test
  void shouldForgetARunWhenAllOfItIsDeleted() {
    completeRun();
    rig.results();

    rig.pipe(Topics.RUNS, RUN_KEY, null);
    rig.pipe(Topics.SPLITS, Keys.split(VIDEO, Events.SPLIT), null);
    for (int sequence = 0; sequence < Events.BATCHES; sequence++) {
      rig.pipe(Topics.DETECTIONS, Keys.detections(VIDEO, RUN, sequence), null);
    }

    assertThat(rig.results()).containsExactly(KeyValue.pair(RUN_KEY, null));
    assertThat(rig.ledger(RUN_KEY)).isNull();
    assertThat(rig.detections(RUN_KEY)).isEmpty();
  }

  @Test
  void shouldBearTombstonesOfWhatWasNeverThere() {
    rig.pipe(Topics.SUBMISSIONS, Keys.submission(VIDEO, "s"), null);
    rig.pipe(Topics.RUNS, RUN_KEY, null);
    rig.pipe(Topics.SPLITS, Keys.split(VIDEO, Events.SPLIT), null);
    rig.pipe(Topics.DETECTIONS, Keys.detections(VIDEO, RUN, 0), null);

    assertThat(rig.results()).isEmpty();
    assertThat(rig.deadLetterKeys()).isEmpty();
  }

  @Test
  void shouldKeepWhatAFirstPassFoundWhenALaterOneIsRejected() {
    rig.request(request(RUN));
    rig.request(request("run-2"));
    rig.detect(batch(0));

    // The event of the first pass is compacted away by the time this is read.
    rig.split(rejectedLater("run-2", RUN, "run-2"));
    rig.detect(batch(1));
    rig.detect(batch(2));

    assertThat(rig.results())
        .extracting(end -> end.key, end -> end.value.getStatus())
        .containsExactly(
            tuple(Keys.run(VIDEO, "run-2"), RunStatus.REJECTED),
            tuple(RUN_KEY, RunStatus.COMPLETE));
  }

  @Test
  void shouldKeepItsDescription() throws IOException {
    var settings = TopologySettings.of(stateDir, Map.of());
    var topology =
        VideoLedgerTopology.working(
            new EventSerdes(new SchemaCatalogue()), settings, model -> Instant.EPOCH);
    String description = topology.get().describe().toString();

    // Store and processor names are for ever: changelog topics carry them.
    try (InputStream golden = getClass().getResourceAsStream("/video-ledger-topology.txt")) {
      assertThat(description.strip()).isEqualTo(new String(golden.readAllBytes(), UTF_8).strip());
    }
  }

  private void completeRun() {
    rig.request(request(RUN));
    rig.split(completed(RUN));
    rig.detect(batch(0));
    rig.detect(batch(1));
    rig.detect(batch(2));
  }

  private static RunCompleted complete(String runId, int revision) {
    return new RunCompleted(
        VIDEO,
        runId,
        Events.SPLIT,
        "yolo-1",
        revision,
        RunStatus.COMPLETE,
        new FrameLedger(12L, 12L, 0L, 0L, 0L),
        new BatchLedger(3, 3, 0),
        null,
        null,
        List.of(),
        0L);
  }
}
