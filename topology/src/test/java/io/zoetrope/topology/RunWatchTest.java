package io.zoetrope.topology;

import static io.zoetrope.topology.Events.RUN;
import static io.zoetrope.topology.Events.RUN_KEY;
import static io.zoetrope.topology.Events.SPLIT;
import static io.zoetrope.topology.Events.VIDEO;
import static io.zoetrope.topology.Events.batch;
import static io.zoetrope.topology.Events.completed;
import static io.zoetrope.topology.Events.lostBatch;
import static io.zoetrope.topology.Events.progress;
import static io.zoetrope.topology.Events.request;
import static io.zoetrope.topology.TopologyRig.STALL_TIMEOUT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.zoetrope.events.BatchDetections;
import io.zoetrope.events.MissingFrames;
import io.zoetrope.events.RepairRequested;
import io.zoetrope.events.RunProgress;
import io.zoetrope.events.RunStatus;
import io.zoetrope.events.SequenceRange;
import io.zoetrope.schemas.Keys;
import io.zoetrope.schemas.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunWatchTest {
  private static final Duration A_LOOK = Duration.ofSeconds(5);

  @TempDir Path stateDir;
  private TopologyRig rig;

  @BeforeEach
  void open() {
    rig = new TopologyRig(stateDir);
    rig.request(request(RUN));
  }

  @AfterEach
  void close() {
    rig.close();
  }

  @Test
  void shouldTellHowMuchIsInWithEveryBatch() {
    rig.split(progress(3, RUN));

    rig.detect(batch(0));
    rig.detect(batch(0));
    rig.detect(batch(2));

    assertThat(rig.published(Topics.PROGRESS))
        .extracting(TestRecord::key, TestRecord::value)
        .containsExactly(
            tuple(RUN_KEY, new RunProgress(VIDEO, RUN, SPLIT, 1)),
            tuple(RUN_KEY, new RunProgress(VIDEO, RUN, SPLIT, 2)));
  }

  @Test
  void shouldAskForWhatIsMissingOnceItsDetectorsHaveReadAll() {
    rig.split(completed(RUN));
    rig.detect(batch(1));

    stall();

    assertThat(rig.published(Topics.REPAIRS))
        .extracting(TestRecord::key, TestRecord::value)
        .containsExactly(tuple(Keys.split(VIDEO, SPLIT), repair(1, List.of(RUN), 0, 0, 2, 2)));
  }

  @Test
  void shouldAskForNothingThatDetectorsHaveStillToRead() {
    rig.split(completed(RUN));
    rig.detect(batch(1));
    rig.detectorsHaveReadAll();

    rig.advance(STALL_TIMEOUT.multipliedBy(100));

    assertThat(rig.published(Topics.REPAIRS)).isEmpty();
    assertThat(rig.ledger(RUN_KEY).batches().total()).isEqualTo(1);
  }

  @Test
  void shouldAskForNothingThatWasNotPublished() {
    rig.split(progress(2, RUN));
    rig.detect(batch(0));
    rig.detect(batch(1));

    stall();

    assertThat(rig.published(Topics.REPAIRS)).isEmpty();
  }

  @Test
  void shouldAskOnceForWhatSeveralRunsLack() {
    rig.request(request("run-2"));
    rig.split(completed(RUN, "run-2"));
    rig.detect(batch(RUN, 1, 0));
    rig.detect(batch("run-2", 1, 0));

    stall();

    assertThat(rig.published(Topics.REPAIRS))
        .extracting(TestRecord::value)
        .containsExactly(repair(1, List.of(RUN, "run-2"), 0, 0, 2, 2));
  }

  @Test
  void shouldFailWhatNoRepairHasBrought() {
    rig.split(completed(RUN));
    rig.detect(batch(0));
    rig.detect(batch(2));

    stall();
    stall();
    stall();
    assertThat(rig.results()).isEmpty();
    stall();

    assertThat(rig.published(Topics.REPAIRS))
        .extracting(asked -> asked.value().getRound())
        .containsExactly(1, 2, 3);
    BatchDetections lost = rig.published(Topics.DETECTIONS).get(0).value();
    assertThat(lost.getSequence()).isEqualTo(1);
    assertThat(lost.getFailure().getCode()).isEqualTo("BATCH_LOST");
    var end = rig.results().get(0).value;
    assertThat(end.getStatus()).isEqualTo(RunStatus.INCOMPLETE);
    assertThat(end.getMissing())
        .extracting(
            MissingFrames::getSequence,
            MissingFrames::getFirstFrame,
            MissingFrames::getLastFrame,
            missing -> missing.getFailure().getCode())
        .containsExactly(tuple(1, 4L, 7L, "BATCH_LOST"));
  }

  @Test
  void shouldReviseTheRunWhenALostBatchComesAfterAll() {
    rig.split(completed(RUN));
    rig.detect(batch(0));
    rig.detect(batch(2));
    rig.detect(lostBatch(1, "BATCH_LOST"));

    rig.detect(batch(1));

    assertThat(rig.results())
        .extracting(end -> end.value.getRevision(), end -> end.value.getStatus())
        .containsExactly(tuple(1, RunStatus.INCOMPLETE), tuple(2, RunStatus.COMPLETE));
    assertThat(rig.detections(RUN_KEY)).containsExactly(batch(0), batch(1), batch(2));
  }

  @Test
  void shouldBeginAnewWhenARepairBringsSomething() {
    rig.split(completed(RUN));
    rig.detect(batch(0));
    stall();
    stall();
    stall();

    rig.detect(batch(1));
    stall();

    assertThat(rig.published(Topics.REPAIRS))
        .extracting(asked -> asked.value().getRound(), asked -> asked.value().getSequences())
        .containsExactly(
            tuple(1, List.of(new SequenceRange(1, 2))),
            tuple(2, List.of(new SequenceRange(1, 2))),
            tuple(3, List.of(new SequenceRange(1, 2))),
            tuple(1, List.of(new SequenceRange(2, 2))));
  }

  @Test
  void shouldCallNothingLateWhileItReadsWhatIsOld() {
    rig.request(request("run-2"));
    rig.split(completed(RUN));
    rig.detect(batch(1));

    rig.advance(STALL_TIMEOUT.plus(A_LOOK));
    rig.detectorsHaveReadAll();
    rig.detectAt(batch("run-2", 0, 0), STALL_TIMEOUT.plusSeconds(1));
    rig.advance(A_LOOK);

    assertThat(rig.published(Topics.REPAIRS)).isEmpty();
    stall();
    assertThat(rig.published(Topics.REPAIRS)).hasSize(1);
  }

  @Test
  void shouldWatchNoLongerWhatIsDone() {
    rig.split(completed(RUN));
    rig.detect(batch(0));
    rig.detect(batch(1));
    rig.detect(batch(2));
    rig.published(Topics.PROGRESS);

    stall();
    rig.pipe(Topics.RUNS, RUN_KEY, null);
    stall();

    assertThat(rig.published(Topics.REPAIRS)).isEmpty();
    assertThat(rig.published(Topics.PROGRESS)).isEmpty();
  }

  @Test
  void shouldSayAgainHowMuchIsInWhereTheSplitterWaits() {
    rig.split(progress(2, RUN));
    rig.detect(batch(0));
    rig.detect(batch(1));
    rig.published(Topics.PROGRESS);

    rig.advance(STALL_TIMEOUT.multipliedBy(2).plus(A_LOOK));

    assertThat(rig.published(Topics.PROGRESS))
        .extracting(TestRecord::value)
        .containsExactly(
            new RunProgress(VIDEO, RUN, SPLIT, 2), new RunProgress(VIDEO, RUN, SPLIT, 2));
  }

  /** The time-out goes by, and detectors have read all in the meantime. */
  private void stall() {
    rig.advance(A_LOOK);
    rig.advance(STALL_TIMEOUT);
    rig.detectorsHaveReadAll();
    rig.advance(A_LOOK);
  }

  private static RepairRequested repair(int round, List<String> runIds, int... bounds) {
    List<SequenceRange> ranges = new ArrayList<>();
    for (int i = 0; i < bounds.length; i += 2) {
      ranges.add(new SequenceRange(bounds[i], bounds[i + 1]));
    }
    return new RepairRequested(VIDEO, SPLIT, runIds, ranges, round);
  }
}
