package io.zoetrope.integration;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.zoetrope.cli.cluster.ClusterAddress;
import io.zoetrope.cli.config.Configuration;
import io.zoetrope.cli.letters.DeadLetterDesk;
import io.zoetrope.cli.letters.DeadLetterDesk.Choice;
import io.zoetrope.events.BatchDetections;
import io.zoetrope.events.MarkedFrames;
import io.zoetrope.events.RenderEvent;
import io.zoetrope.events.RenderFailed;
import io.zoetrope.events.RenderRequested;
import io.zoetrope.events.RepairRequested;
import io.zoetrope.events.SegmentRendered;
import io.zoetrope.events.SequenceRange;
import io.zoetrope.events.SplitOptions;
import io.zoetrope.events.WantedRender;
import io.zoetrope.gateway.KafkaPublisher;
import io.zoetrope.schemas.Keys;
import io.zoetrope.schemas.ModelChoice;
import io.zoetrope.schemas.ModelLabels;
import io.zoetrope.schemas.RenderWishes;
import io.zoetrope.schemas.Topics;
import io.zoetrope.topology.StoreRebuild;
import io.zoetrope.topology.query.Render;
import io.zoetrope.topology.query.RunDigest;
import io.zoetrope.topology.query.VideoQueries;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What gets lost, can't be read, or comes in the wrong order, on a real broker. */
class LedgerIT {
  private static final Duration STALL_TIMEOUT = Duration.ofSeconds(2);

  @TempDir static Path folder;
  private static LedgerRig rig;

  @BeforeAll
  static void open() throws Exception {
    rig = new LedgerRig(folder, STALL_TIMEOUT);
  }

  @AfterAll
  static void close() throws Exception {
    rig.close();
  }

  @Test
  void shouldAskForABatchThatItsDetectorsPassedByAndFailItInTheEnd() throws Exception {
    String video = "a".repeat(32);
    // One that the detectors haven't read may be the very one.
    rig.publishBytes(Topics.FRAME_BATCHES, Keys.frameBatch("any", 0), new byte[] {1});
    rig.open(video, "run", 3);
    rig.detect(LedgerRig.batch(video, "run", 0));
    rig.detect(LedgerRig.batch(video, "run", 2));
    await().until(() -> rig.run(video, "run").batches().processed() == 2);
    Service.await().during(STALL_TIMEOUT.multipliedBy(2)).until(() -> repairs(video).isEmpty());

    rig.detectorsReadAll();

    await().until(() -> rig.run(video, "run").batches().failed() == 1);
    assertThat(repairs(video))
        .extracting(RepairRequested::getRound, RepairRequested::getSequences)
        .containsExactly(
            tuple(1, List.of(new SequenceRange(1, 1))),
            tuple(2, List.of(new SequenceRange(1, 1))),
            tuple(3, List.of(new SequenceRange(1, 1))));
    assertThat(rig.values(Topics.DETECTIONS))
        .filteredOn(batch -> batch.getVideoId().equals(video) && batch.getFailure() != null)
        .extracting(batch -> batch.getFailure().getCode())
        .containsExactly("BATCH_LOST");

    rig.detect(LedgerRig.batch(video, "run", 1));
    await().until(() -> rig.run(video, "run").batches().processed() == 3);
  }

  @Test
  void shouldKeepAnnotatedVideosUntilTheyAreWithdrawn() throws Exception {
    String video = "e".repeat(32);
    VideoQueries queries = rig.topology().queries();
    RenderRequested request =
        new RenderWishes(ModelChoice.of(List.of(), ModelLabels.UNKNOWN))
            .request(
                video,
                "run",
                LedgerRig.MODEL,
                "file:/e",
                new SplitOptions(-1, 0, 2, null, false),
                WantedRender.newBuilder().build());
    String render = request.getRenderId();
    try (KafkaPublisher publisher = new KafkaPublisher(rig.kafka(), rig.serdes())) {
      publisher.publish(request);
      rig.publish(
          Topics.RENDER_EVENTS,
          Keys.renderSegment(video, render, 0),
          new RenderEvent(
              video,
              render,
              1,
              new SegmentRendered(
                  0,
                  0L,
                  0,
                  null,
                  null,
                  0L,
                  0L,
                  0L,
                  List.of(new MarkedFrames(7L, 7L, "FRAME_UNDECODABLE")))));
      rig.publish(
          Topics.RENDER_EVENTS,
          Keys.render(video, render),
          new RenderEvent(video, render, 1, new RenderFailed("STORE_UNWRITABLE", "full")));
      await().until(() -> state(queries, video, render) == Render.State.FAILED);

      publisher.publish(request);
      await().until(() -> state(queries, video, render) == Render.State.RUNNING);

      publisher.withdraw(video, render, List.of(0));
      await().until(() -> state(queries, video, render) == null);
      publisher.publish(request);
      await().until(() -> state(queries, video, render) == Render.State.WAITING);
    }
  }

  private static Render.State state(VideoQueries queries, String videoId, String renderId) {
    return queries.render(videoId, renderId).value().map(Render::state).orElse(null);
  }

  @Test
  void shouldRebuildTheStoresFromTheLog() throws Exception {
    String video = "b".repeat(32);
    rig.open(video, "run", 3);
    rig.detect(LedgerRig.batch(video, "run", 0));
    rig.detect(LedgerRig.failedBatch(video, "run", 1));
    rig.detect(LedgerRig.batch(video, "run", 1));
    rig.detect(LedgerRig.failedBatch(video, "run", 0));
    rig.publishBytes(
        Topics.DETECTIONS, Keys.detections(video, "run", 2), "no Avro".getBytes(UTF_8));
    rig.publishInVain(Topics.DETECTIONS, Keys.detections("c".repeat(32), "run", 0));
    rig.publishInVain(Topics.SPLITS, Keys.split("d".repeat(32), "split"));
    await()
        .until(
            () ->
                rig.run(video, "run").batches().processed() == 2
                    && rig.run(video, "run").batches().failed() == 1);
    List<BatchDetections> written =
        Service.await().until(() -> written(video, 0), found -> found.size() == 3);
    assertThat(written.get(2)).isEqualTo(LedgerRig.batch(video, "run", 0));

    Optional<RunDigest> live = rig.topology().queries().digest(video, "run").value();
    try (StoreRebuild rebuild =
        StoreRebuild.start(rig.kafka(), rig.serdes(), folder.resolve("rebuilt"))) {
      Service.await().until(rebuild::caughtUp);

      VideoQueries rebuilt = rebuild.queries();
      assertThat(live).isPresent();
      assertThat(rebuilt.digest(video, "run").value()).isEqualTo(live);
      assertThat(rebuilt.runKeys(Topics.RUNS.everyPartition(), 100, null).value().runs())
          .contains(Keys.run(video, "run"));
    }
  }

  @Test
  void shouldListShowAndReplayWhatCannotBeRead() throws Exception {
    String video = "e".repeat(32);
    String key = Keys.detections(video, "run", 0);
    rig.publishBytes(Topics.DETECTIONS, key, "no Avro".getBytes(UTF_8));
    Service.await()
        .until(
            () ->
                rig.records(Topics.TOPOLOGY_DEAD_LETTER).stream().anyMatch(l -> has(key, l.key())));
    StringWriter out = new StringWriter();
    ClusterAddress cluster =
        ClusterAddress.ofRunning(
            Configuration.load(
                Map.of("data.dir", rig.dataFolder().toString()),
                Map.of(),
                Optional.empty(),
                folder),
            DeadLetterDesk.TOPICS);
    DeadLetterDesk desk = new DeadLetterDesk(cluster, new PrintWriter(out, true));

    desk.list(new Choice(Optional.of("topology"), Optional.of("RECORD_UNREADABLE")));

    String line = out.toString().lines().filter(l -> l.contains(key)).findFirst().orElseThrow();
    String id = line.split(" ", -1)[0];
    assertThat(id).startsWith("topology/%d/".formatted(Topics.DETECTIONS.partition(key)));

    assertThat(desk.replay(List.of(id))).isTrue();

    Service.await()
        .until(
            () ->
                rig.records(Topics.TOPOLOGY_DEAD_LETTER).stream()
                        .filter(letter -> has(key, letter.key()))
                        .count()
                    == 2);
    assertThat(rig.records(Topics.DETECTIONS))
        .filteredOn(record -> has(key, record.key()))
        .allSatisfy(
            record -> {
              assertThat(record.value()).isEqualTo("no Avro".getBytes(UTF_8));
              assertThat(record.partition()).isEqualTo(Topics.DETECTIONS.partition(key));
              assertThat(record.headers()).isEmpty();
            })
        .hasSize(2);
  }

  /** The run may not be known yet. */
  private static ConditionFactory await() {
    return Service.await().ignoreExceptions();
  }

  private static List<BatchDetections> written(String videoId, int sequence) {
    return rig.values(Topics.DETECTIONS).stream()
        .filter(batch -> batch.getVideoId().equals(videoId) && batch.getSequence() == sequence)
        .toList();
  }

  private static List<RepairRequested> repairs(String videoId) {
    return rig.values(Topics.REPAIRS).stream()
        .filter(repair -> repair.getVideoId().equals(videoId))
        .toList();
  }

  private static boolean has(String key, byte[] bytes) {
    return key.equals(new String(bytes, UTF_8));
  }
}
