package io.zoetrope.integration;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.zoetrope.events.BatchRun;
import io.zoetrope.events.FrameBatch;
import io.zoetrope.events.RepairRequested;
import io.zoetrope.events.RunProgress;
import io.zoetrope.events.RunRequested;
import io.zoetrope.events.SequenceRange;
import io.zoetrope.events.SplitCompleted;
import io.zoetrope.events.SplitEvent;
import io.zoetrope.events.SubmissionAccepted;
import io.zoetrope.events.WantedRun;
import io.zoetrope.samples.SampleVideo;
import io.zoetrope.schemas.BatchHeaders;
import io.zoetrope.schemas.Groups;
import io.zoetrope.schemas.Identities;
import io.zoetrope.schemas.Keys;
import io.zoetrope.schemas.RunDefaults;
import io.zoetrope.schemas.Topics;
import io.zoetrope.splitter.SplitterSettings;
import io.zoetrope.store.StoredVideo;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.GroupState;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A splitter whose videos have to wait for each other and for the detectors. */
class SplitterTurnsIT {
  private static final int AHEAD = 4;
  private static final int FRAMES_A_BATCH = 8;
  private static final int FRAMES = 200;
  private static final WantedRun ALL =
      new WantedRun(null, null, null, null, null, false, null, null);

  @TempDir static Path folder;
  private static SplitterRig rig;
  private static StoredVideo video;

  @BeforeAll
  static void start() throws Exception {
    rig = new SplitterRig(folder, kafka -> settings(kafka, "a"));
    Path file = folder.resolve("long.mp4");
    SampleVideo.write(5, FRAMES, file, folder.resolve("truth.jsonl"));
    video = rig.store(file);
  }

  static SplitterSettings settings(Map<String, Object> kafka, String instance) {
    return SplitterSettings.of(
            kafka, instance, new RunDefaults("model", 0.25f, 0.45f, FRAMES_A_BATCH))
        .withBatchesAhead(AHEAD)
        .withShadowModels(() -> Set.of("shadow"));
  }

  @AfterAll
  static void stop() throws Exception {
    rig.close();
  }

  @Test
  void shouldStayCloseToTheDetectorsAndLetOthersPassMeanwhile() throws Exception {
    // Given a video that has to wait, in the middle
    RunRequested run = submit("long", ALL);
    awaitBatches(run, AHEAD);

    // When another one comes in the same partition, and then the detectors go on
    RunRequested other = submit("short", sampled(0.5));
    awaitCompleted(other);
    assertThat(batches(run)).as("nothing of it was in").hasSize(AHEAD);
    progress(run, 3);
    awaitBatches(run, AHEAD + 3);
    rig.stopSplitter();
    rig.startSplitter();
    progress(run, 5);
    awaitBatches(run, AHEAD + 5);
    progress(run, 1_000);

    // Then
    SplitCompleted facts = awaitCompleted(run);
    assertThat(facts.getExpectedFrames()).isEqualTo(FRAMES);
    assertThat(batches(run))
        .extracting(FrameBatch::getSequence)
        .containsExactlyInAnyOrderElementsOf(
            IntStream.range(0, facts.getBatches()).boxed().toList());
  }

  @Test
  void shouldDoNoHarmWhereItIsFrozenWhileAnotherGoesOn() throws Exception {
    // Given one that holds a video open, in the middle
    RunRequested run = submit("frozen", sampled(18));
    awaitBatches(run, AHEAD);
    rig.stopSplitter();
    try (SplitterProcess other = rig.otherSplitter()) {
      progress(run, 3);
      awaitBatches(run, AHEAD + 3);

      // When
      other.freeze();
      rig.startSplitter();
      progress(run, 1_000);
      SplitCompleted facts = awaitCompleted(run);
      other.thaw();
      awaitSplitters(2);

      // Then
      assertThat(batches(run))
          .extracting(FrameBatch::getSequence)
          .containsExactlyInAnyOrderElementsOf(
              IntStream.range(0, facts.getBatches()).boxed().toList());
      List<SplitEvent> said =
          rig.all(Topics.SPLITS, split -> split.getSplitId().equals(run.getSplitId()));
      assertThat(said.get(said.size() - 1).getState()).isEqualTo(facts);
    }
    awaitSplitters(1);
  }

  @Test
  void shouldPublishLostBatchesAgainForTheRunThatLacksThem() throws Exception {
    // Given
    RunRequested run = submit("repaired", sampled(20));
    progress(run, 1_000);
    awaitCompleted(run);
    int before = rig.read(Topics.FRAME_BATCHES).size();
    int splits = rig.read(Topics.SPLITS).size();

    // When
    RepairRequested repair =
        new RepairRequested(
            run.getVideoId(),
            run.getSplitId(),
            List.of(run.getRunId(), "000000000000000000000000"),
            List.of(new SequenceRange(1, 2), new SequenceRange(5, 5)),
            1);
    rig.publish(Topics.REPAIRS, Keys.split(run.getVideoId(), run.getSplitId()), repair);

    // Then
    List<FrameBatch> again =
        Awaitility.await()
            .atMost(Duration.ofMinutes(1))
            .until(
                () ->
                    rig.all(
                        Topics.FRAME_BATCHES,
                        batch -> runsOf(batch).equals(List.of(run.getRunId()))),
                found -> found.size() >= 3);
    assertThat(again).extracting(FrameBatch::getSequence).containsExactlyInAnyOrder(1, 2, 5);
    assertThat(rig.read(Topics.FRAME_BATCHES)).hasSize(before + 3);
    assertThat(rig.read(Topics.SPLITS)).as("nothing is said of the split").hasSize(splits);
  }

  @Test
  void shouldGiveEveryNewSubmissionAShadowRunAndNameBothInTheHeaders() throws Exception {
    RunRequested run = submit("shadowed", sampled(0.3));
    awaitCompleted(run);

    List<RunRequested> runs = rig.all(Topics.RUNS, r -> r.getSplitId().equals(run.getSplitId()));
    assertThat(runs).extracting(RunRequested::getModelId).containsExactly("model", "shadow");
    assertThat(runs.get(1).getOptions()).isEqualTo(runs.get(0).getOptions());
    ConsumerRecord<String, byte[]> first =
        rig.read(Topics.FRAME_BATCHES).stream()
            .filter(record -> record.key().equals(Keys.frameBatch(run.getSplitId(), 0)))
            .findFirst()
            .orElseThrow();
    FrameBatch batch =
        rig.all(Topics.FRAME_BATCHES, b -> b.getSplitId().equals(run.getSplitId())).stream()
            .filter(b -> b.getSequence() == 0)
            .findFirst()
            .orElseThrow();
    assertThat(BatchHeaders.in(first.headers()))
        .contains(
            new BatchHeaders(
                run.getVideoId(),
                new TreeMap<>(
                    Map.of(runs.get(0).getRunId(), "model", runs.get(1).getRunId(), "shadow")),
                0,
                batch.getExpectedFrames()));
  }

  @Test
  void shouldNotTryARejectedVideoAgainBecauseAnotherIsUnfinished() throws Exception {
    // Given
    RunRequested unfinished = submit("unfinished", sampled(15));
    awaitBatches(unfinished, AHEAD);
    StoredVideo text = textInThePartitionOf(unfinished);
    rig.submit("text", text.location().toString(), null, List.of(ALL));
    String textId = Identities.videoId(text.sha256());
    rig.first(Topics.SPLITS, split -> split.getVideoId().equals(textId));

    // When
    rig.stopSplitter();
    rig.startSplitter();
    progress(unfinished, 1_000);
    awaitCompleted(unfinished);

    // Then
    assertThat(rig.all(Topics.SPLITS, split -> split.getVideoId().equals(textId))).hasSize(1);
  }

  /** Each rate is a split of its own, of the same video and so in the same partition. */
  private static WantedRun sampled(double maxFps) {
    return new WantedRun(null, null, null, null, maxFps, false, null, null);
  }

  private StoredVideo textInThePartitionOf(RunRequested run) {
    for (int i = 0; ; i++) {
      byte[] bytes = ("no video " + i).getBytes(UTF_8);
      StoredVideo text = rig.store().put(new ByteArrayInputStream(bytes), bytes.length);
      String key = Keys.run(Identities.videoId(text.sha256()), "any");
      if (Topics.RUNS.partition(key)
          == Topics.RUNS.partition(Keys.run(run.getVideoId(), run.getRunId()))) {
        return text;
      }
    }
  }

  private RunRequested submit(String id, WantedRun wanted) throws Exception {
    rig.submit(id, video.location().toString(), null, List.of(wanted));
    SubmissionAccepted accepted =
        rig.first(Topics.SUBMISSIONS, s -> s.getSubmissionId().equals(id));
    String runId = accepted.getRunIds().get(0);
    return rig.first(Topics.RUNS, run -> run.getRunId().equals(runId));
  }

  private void progress(RunRequested run, int batches) throws Exception {
    rig.publish(
        Topics.PROGRESS,
        Keys.run(run.getVideoId(), run.getRunId()),
        new RunProgress(run.getVideoId(), run.getRunId(), run.getSplitId(), batches));
  }

  private List<FrameBatch> batches(RunRequested run) {
    return rig.all(Topics.FRAME_BATCHES, batch -> runsOf(batch).contains(run.getRunId()));
  }

  private void awaitBatches(RunRequested run, int count) {
    Awaitility.await()
        .atMost(Duration.ofMinutes(1))
        .untilAsserted(() -> assertThat(batches(run)).hasSize(count));
  }

  private SplitCompleted awaitCompleted(RunRequested run) {
    SplitEvent end =
        rig.first(
            Topics.SPLITS,
            split ->
                split.getSplitId().equals(run.getSplitId())
                    && split.getRunIds().contains(run.getRunId())
                    && split.getState() instanceof SplitCompleted);
    return (SplitCompleted) end.getState();
  }

  /** Waits until so many share the partitions, and none waits to give one up. */
  private static void awaitSplitters(int count) throws Exception {
    try (Admin admin = Admin.create(rig.kafka())) {
      Awaitility.await()
          .atMost(Duration.ofMinutes(2))
          .untilAsserted(
              () -> {
                ConsumerGroupDescription group =
                    admin
                        .describeConsumerGroups(List.of(Groups.SPLITTER))
                        .all()
                        .get()
                        .get(Groups.SPLITTER);
                assertThat(group.members()).hasSize(count);
                assertThat(group.groupState()).isEqualTo(GroupState.STABLE);
              });
    }
  }

  private static List<String> runsOf(FrameBatch batch) {
    return batch.getRuns().stream().map(BatchRun::getRunId).toList();
  }
}
