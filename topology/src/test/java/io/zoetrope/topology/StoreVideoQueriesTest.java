package io.zoetrope.topology;

import static io.zoetrope.topology.Events.RUN;
import static io.zoetrope.topology.Events.VIDEO;
import static io.zoetrope.topology.Events.batch;
import static io.zoetrope.topology.Events.completed;
import static io.zoetrope.topology.Events.cutShort;
import static io.zoetrope.topology.Events.failedBatch;
import static io.zoetrope.topology.Events.progress;
import static io.zoetrope.topology.Events.request;
import static io.zoetrope.topology.Events.submission;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zoetrope.events.BatchDetections;
import io.zoetrope.events.Detection;
import io.zoetrope.events.Failure;
import io.zoetrope.events.FrameStatus;
import io.zoetrope.events.Point;
import io.zoetrope.events.Rational;
import io.zoetrope.events.RunRequested;
import io.zoetrope.events.SplitOptions;
import io.zoetrope.events.SubmissionAccepted;
import io.zoetrope.schemas.Keys;
import io.zoetrope.schemas.Topics;
import io.zoetrope.topology.ledger.LabelSummary;
import io.zoetrope.topology.ledger.PacketCounts;
import io.zoetrope.topology.ledger.RunFilter;
import io.zoetrope.topology.ledger.RunFilter.Corner;
import io.zoetrope.topology.ledger.RunOptions;
import io.zoetrope.topology.ledger.RunStatus;
import io.zoetrope.topology.ledger.StreamFacts;
import io.zoetrope.topology.query.Answer;
import io.zoetrope.topology.query.DetectionPage;
import io.zoetrope.topology.query.DetectionPage.Box;
import io.zoetrope.topology.query.DetectionPage.Found;
import io.zoetrope.topology.query.DetectionPage.Frame;
import io.zoetrope.topology.query.DetectionQuery;
import io.zoetrope.topology.query.QueryException;
import io.zoetrope.topology.query.Run;
import io.zoetrope.topology.query.RunDigest;
import io.zoetrope.topology.query.Video;
import io.zoetrope.topology.query.VideoPage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreVideoQueriesTest {
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
  void shouldTellHowFarARunIs() {
    rig.request(request(RUN));
    rig.split(progress(2, RUN));
    rig.detect(batch(1));

    assertThat(rig.queries().run(VIDEO, RUN).value())
        .contains(
            new Run(
                VIDEO,
                RUN,
                Events.SPLIT,
                "yolo-1",
                RunStatus.RUNNING,
                0,
                new RunOptions(0.25f, 0.45f, null, null, false, RunFilter.NONE),
                new Run.Frames(null, 13L, 4, 0, 0, 0),
                new Run.Batches(null, 1, 0),
                Map.of("car", new LabelSummary(4, 4, 0.5f + 7 / 100f, 160_000, 280_000)),
                List.of(),
                null,
                null,
                null));
  }

  @Test
  void shouldSayWhatARunWasAskedFor() {
    RunRequested request = request(RUN);
    request.setSplit(new SplitOptions(2, 0, 2, new Rational(5, 2), false));
    request
        .getOptions()
        .setFilter(
            new io.zoetrope.events.RunFilter(
                List.of("car", "person"),
                List.of("bus"),
                Map.of("car", 0.5f),
                8f,
                16f,
                List.of(new Point(0f, 0.5f), new Point(0.25f, 1f), new Point(1f, 0f))));
    rig.request(request);

    assertThat(rig.queries().run(VIDEO, RUN).value().orElseThrow().options())
        .isEqualTo(
            new RunOptions(
                0.25f,
                0.45f,
                2,
                2.5,
                false,
                new RunFilter(
                    List.of("car", "person"),
                    List.of("bus"),
                    Map.of("car", 0.5f),
                    8,
                    16,
                    List.of(new Corner(0, 0.5f), new Corner(0.25f, 1), new Corner(1, 0)))));
  }

  @Test
  void shouldSayWhereEveryPacketWent() {
    rig.request(request(RUN));
    rig.split(completed(RUN));

    assertThat(rig.queries().run(VIDEO, RUN).value().orElseThrow().packets())
        .isEqualTo(new PacketCounts(20, 12, 3, 0, 4, 1, 0));
  }

  @Test
  void shouldKnowOnlyRunsThatWereAskedFor() {
    rig.detect(batch(0));

    assertThat(rig.queries().run(VIDEO, RUN).value()).isEmpty();
    assertThat(rig.queries().detections(DetectionQuery.all(VIDEO, RUN, 10)).value()).isEmpty();
    assertThat(rig.queries().video(VIDEO).value()).isEmpty();
  }

  @Test
  void shouldShowEverySubmissionOfAVideoAndItsUprightSize() {
    rig.submit(submission(VIDEO, "s-1", "first.mp4"));
    rig.submit(submission(VIDEO, "s-2", "second.mp4"));
    rig.request(request(RUN));
    rig.split(cutShort("the file is cut off", RUN));

    Video video = rig.queries().video(VIDEO).value().orElseThrow();

    assertThat(video.submissions())
        .containsExactly(
            new Video.Submission(
                "s-1", "first.mp4", 1_000, Map.of("site", "north"), "2026-01-01T12:00:00Z"),
            new Video.Submission(
                "s-2", "second.mp4", 1_000, Map.of("site", "north"), "2026-01-01T12:00:00Z"));
    assertThat(video.stream())
        .isEqualTo(new StreamFacts(0, "h264", 720, 1280, "25/1", 480_000, "the file is cut off"));
    assertThat(video.runs()).extracting(Run::runId).containsExactly(RUN);
    assertThat(rig.queries().location(VIDEO).value()).contains("file:///media/" + VIDEO);
  }

  @Test
  void shouldNotKnowWhenAnEarlierReleaseTookASubmission() {
    SubmissionAccepted undated = submission(VIDEO, "s-1", "a.mp4");
    undated.setSubmittedMillis(null);
    rig.submit(undated);

    assertThat(rig.queries().video(VIDEO).value().orElseThrow().submissions())
        .extracting(Video.Submission::submitted)
        .containsOnlyNulls();
  }

  @Test
  void shouldPageThroughVideos() {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      String id = "%032x".formatted(i * 1_000_003);
      ids.add(id);
      rig.submit(submission(id, "s-1", "a.mp4"));
      rig.submit(submission(id, "s-2", "b.mp4"));
    }

    VideoPage first = videos(2, null);
    VideoPage second = videos(2, first.cursor());
    VideoPage third = videos(2, second.cursor());

    assertThat(List.of(first, second, third))
        .flatExtracting(VideoPage::videos)
        .extracting(Video::videoId)
        .containsExactlyElementsOf(ids);
    assertThat(third.cursor()).isNull();
    assertThatThrownBy(() -> videos(2, "x"))
        .isInstanceOfSatisfying(
            QueryException.class, e -> assertThat(e.code()).isEqualTo("CURSOR_INVALID"));
  }

  @Test
  void shouldListEveryFrameInOrderPageByPage() {
    completeRunWithAFailedBatch();

    List<Frame> frames = new ArrayList<>();
    String cursor = null;
    do {
      DetectionPage page =
          rig.queries()
              .detections(new DetectionQuery(VIDEO, RUN, null, null, Set.of(), null, 5, cursor))
              .value()
              .orElseThrow();
      frames.addAll(page.frames());
      cursor = page.cursor();
    } while (cursor != null);

    assertThat(frames)
        .extracting(Frame::frame)
        .containsExactly(0L, 1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 10L, 11L);
    assertThat(frames.get(1))
        .isEqualTo(
            new Frame(
                1,
                40_000L,
                FrameStatus.PROCESSED,
                null,
                1280,
                720,
                List.of(new Found("car", 2, 0.5f + 1 / 100f, new Box(1, 2, 30, 40)))));
    assertThat(frames.get(5))
        .isEqualTo(new Frame(5, null, FrameStatus.FAILED, "DECODER_FAILED", 0, 0, List.of()));
  }

  @Test
  void shouldTakeTheRangeFromInclusiveToExclusive() {
    completeRunWithAFailedBatch();

    assertThat(frames(120_000L, 360_000L, Set.of(), null)).containsExactly(3L, 8L);
    assertThat(frames(121_000L, 361_000L, Set.of(), null)).containsExactly(8L, 9L);
  }

  @Test
  void shouldListOnlyFramesWithAMatchWhereDetectionsAreChosen() {
    completeRunWithAFailedBatch();

    assertThat(frames(null, null, Set.of("person"), null)).isEmpty();
    assertThat(frames(null, null, Set.of("person", "car"), 0.5f + 9 / 100f))
        .containsExactly(9L, 10L, 11L);
  }

  @Test
  void shouldRefuseACursorThatIsNone() {
    rig.request(request(RUN));
    var query = new DetectionQuery(VIDEO, RUN, null, null, Set.of(), null, 5, "0-x");

    assertThatThrownBy(() -> rig.queries().detections(query))
        .isInstanceOfSatisfying(
            QueryException.class, e -> assertThat(e.code()).isEqualTo("CURSOR_INVALID"));
  }

  @Test
  void shouldTakeTheSameDigestHoweverOftenARunWasTried() {
    completeRunWithAFailedBatch();
    RunDigest first = rig.queries().digest(VIDEO, RUN).value().orElseThrow();
    rig.detect(batch(1));
    RunDigest whole = rig.queries().digest(VIDEO, RUN).value().orElseThrow();

    rig.pipe(Topics.DETECTIONS, Keys.detections(VIDEO, RUN, 1), null);
    rig.detect(
        batch(RUN, 1, new Failure("DECODER_FAILED", "no decoder, in other words"), List.of()));
    assertThat(rig.queries().digest(VIDEO, RUN).value()).contains(first);
    rig.detect(batch(1));

    assertThat(rig.queries().digest(VIDEO, RUN).value()).contains(whole);
    assertThat(whole.status()).isEqualTo(RunStatus.COMPLETE);
    assertThat(whole.frames().processed()).isEqualTo(12);
    assertThat(whole.sha256()).hasSize(64).isNotEqualTo(first.sha256());
  }

  @Test
  void shouldTakeAnotherDigestWhereOneBoxDiffersByTheLeastThatAFloatCan() {
    rig.request(request(RUN));
    rig.detect(batch(0));
    RunDigest first = rig.queries().digest(VIDEO, RUN).value().orElseThrow();

    BatchDetections other = batch(0);
    Detection box = other.getFrames().get(3).getDetections().get(0);
    box.setX(Math.nextUp(box.getX()));
    rig.pipe(Topics.DETECTIONS, Keys.detections(VIDEO, RUN, 0), null);
    rig.detect(other);

    RunDigest second = rig.queries().digest(VIDEO, RUN).value().orElseThrow();
    assertThat(second.frames()).isEqualTo(first.frames());
    assertThat(second.sha256()).isNotEqualTo(first.sha256());
    assertThat(rig.queries().digest(VIDEO, "run-2").value()).isEmpty();
  }

  @Test
  void shouldSayHowFarACopyIsBehind() {
    completeRunWithAFailedBatch();

    assertThat(rig.queriesBehind(7).run(VIDEO, RUN).behind()).isEqualTo(7);
    assertThat(rig.queries().run(VIDEO, RUN).stale()).isFalse();
  }

  @Test
  void shouldAddUpWhatSeveralPartitionsLack() {
    rig.submit(submission(VIDEO, "s-1", "a.mp4"));

    Answer<VideoPage> page = rig.queriesBehind(7).videos(Set.of(1, 2, 3), 10, null);

    assertThat(page.behind()).isEqualTo(21);
    assertThat(page.value().videos()).extracting(Video::videoId).containsExactly(VIDEO);
  }

  @Test
  void shouldNotTakeWhatACopyDoesNotKnowForWhatThereIsNot() {
    var copy = rig.queriesBehind(1);

    assertNotReady(() -> copy.video(VIDEO));
    assertNotReady(() -> copy.run(VIDEO, RUN));
    assertNotReady(() -> copy.location(VIDEO));
    assertNotReady(() -> copy.detections(DetectionQuery.all(VIDEO, RUN, 10)));
  }

  @Test
  void shouldListTheRunsThatWereAskedFor() {
    rig.request(request("run-3"));
    rig.request(request("run-2"));
    rig.request(request("run-1"));
    rig.detect(batch("run-0", 0, 0));

    assertThat(runKeys(2, null)).containsExactly(VIDEO + "/run-1", VIDEO + "/run-2");
    assertThat(runKeys(2, VIDEO + "/run-2")).containsExactly(VIDEO + "/run-3");
    assertThat(runKeys(2, VIDEO + "/run-3")).isEmpty();
  }

  @Test
  void shouldListRunsInShort() {
    completeRunWithAFailedBatch();
    rig.submit(submission(VIDEO, "s-1", "a.mp4"));

    Run inList = videos(1, null).videos().get(0).runs().get(0);
    Run alone = rig.queries().run(VIDEO, RUN).value().orElseThrow();

    assertThat(alone.missing()).isNotEmpty();
    assertThat(inList).isEqualTo(alone.inShort());
  }

  private VideoPage videos(int limit, String cursor) {
    return rig.queries().videos(Topics.RUNS.everyPartition(), limit, cursor).value();
  }

  private List<String> runKeys(int limit, String after) {
    return rig.queries().runKeys(Set.of(0), limit, after).value().runs();
  }

  private static void assertNotReady(ThrowingCallable question) {
    assertThatThrownBy(question)
        .isInstanceOfSatisfying(
            QueryException.class, e -> assertThat(e.code()).isEqualTo("STORES_NOT_READY"));
  }

  private List<Long> frames(Long from, Long to, Set<String> labels, Float minConfidence) {
    return rig
        .queries()
        .detections(new DetectionQuery(VIDEO, RUN, from, to, labels, minConfidence, 100, null))
        .value()
        .orElseThrow()
        .frames()
        .stream()
        .map(Frame::frame)
        .toList();
  }

  private void completeRunWithAFailedBatch() {
    rig.request(request(RUN));
    rig.split(completed(RUN));
    rig.detect(batch(2));
    rig.detect(failedBatch(1));
    rig.detect(batch(0));
  }
}
