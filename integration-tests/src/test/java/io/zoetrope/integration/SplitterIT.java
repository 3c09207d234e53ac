package io.zoetrope.integration;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.zoetrope.events.BatchRun;
import io.zoetrope.events.Concealment;
import io.zoetrope.events.FrameBatch;
import io.zoetrope.events.Rational;
import io.zoetrope.events.RenderRequested;
import io.zoetrope.events.RunRequested;
import io.zoetrope.events.SplitCompleted;
import io.zoetrope.events.SplitEvent;
import io.zoetrope.events.SubmissionAccepted;
import io.zoetrope.events.VideoRejected;
import io.zoetrope.events.WantedFilter;
import io.zoetrope.events.WantedRender;
import io.zoetrope.events.WantedRun;
import io.zoetrope.samples.Samples;
import io.zoetrope.schemas.Topics;
import io.zoetrope.store.StoredVideo;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The splitter on a real broker: what producers may send, and what becomes of it. */
class SplitterIT {
  @TempDir static Path folder;
  private static SplitterRig rig;

  @BeforeAll
  static void start() throws Exception {
    rig = new SplitterRig(folder);
  }

  @AfterAll
  static void stop() throws Exception {
    rig.close();
  }

  @Test
  void shouldCutASubmittedVideoForEveryRunAtOnce() throws Exception {
    StoredVideo video = demo();
    WantedRun strict = new WantedRun(null, 0.6f, null, null, null, false, null, null);
    WantedRun other = new WantedRun("other-model", null, null, null, null, false, null, null);

    WantedFilter cars = WantedFilter.newBuilder().setLabels(List.of("car")).build();
    WantedRun filtered = new WantedRun(null, 0.6f, null, null, null, false, cars, null);

    submit("cut", video, video.sha256(), List.of(strict, other, filtered));

    SubmissionAccepted accepted =
        rig.first(Topics.SUBMISSIONS, s -> s.getSubmissionId().equals("cut"));
    List<RunRequested> runs =
        rig.all(Topics.RUNS, r -> accepted.getRunIds().contains(r.getRunId()));
    assertThat(runs)
        .extracting(RunRequested::getModelId)
        .containsExactlyInAnyOrder("model", "other-model", "model");
    SplitEvent split =
        rig.first(
            Topics.SPLITS, s -> s.getRunIds().containsAll(accepted.getRunIds()) && completed(s));
    SplitCompleted facts = (SplitCompleted) split.getState();
    assertThat(facts.getExpectedFrames()).isEqualTo(Samples.VIDEO_FRAMES);
    List<FrameBatch> batches =
        rig.all(Topics.FRAME_BATCHES, b -> runsOf(b).containsAll(accepted.getRunIds()));
    assertThat(batches)
        .extracting(FrameBatch::getSequence)
        .containsExactlyInAnyOrderElementsOf(
            IntStream.range(0, facts.getBatches()).boxed().toList());
    assertThat(batches.stream().mapToInt(FrameBatch::getExpectedFrames).sum())
        .isEqualTo(Samples.VIDEO_FRAMES);
  }

  @Test
  void shouldAskForTheAnnotatedVideosThatASubmissionWants() throws Exception {
    StoredVideo video = demo();
    WantedRender blurred = WantedRender.newBuilder().setConceal(Concealment.BLUR).build();
    WantedRun shown =
        new WantedRun(
            "shown", null, null, null, 2.0, false, null, WantedRender.newBuilder().build());
    WantedRun hidden = new WantedRun("hidden", null, null, null, null, false, null, blurred);
    WantedRun plain = new WantedRun("plain", null, null, null, null, false, null, null);

    submit("annotated", video, null, List.of(shown, hidden, plain));

    List<String> runs =
        rig.first(Topics.SUBMISSIONS, s -> s.getSubmissionId().equals("annotated")).getRunIds();
    assertThat(rig.all(Topics.RENDERS, r -> runs.contains(r.getRunId())))
        .extracting(
            RenderRequested::getRunId,
            r -> r.getStyle().getConceal(),
            r -> r.getSplit().getMaxFps(),
            RenderRequested::getLocation)
        .containsExactly(
            tuple(
                runs.get(0), Concealment.NOTHING, new Rational(2, 1), video.location().toString()),
            tuple(runs.get(1), Concealment.BLUR, null, video.location().toString()));
  }

  @Test
  void shouldPublishAVideoOnceHoweverOftenItIsSubmitted() throws Exception {
    StoredVideo video = demo();
    List<WantedRun> wanted =
        List.of(new WantedRun("once", null, null, null, null, false, null, null));

    submit("once-1", video, null, wanted);
    SubmissionAccepted first =
        rig.first(Topics.SUBMISSIONS, s -> s.getSubmissionId().equals("once-1"));
    rig.first(Topics.SPLITS, s -> s.getRunIds().containsAll(first.getRunIds()) && completed(s));
    submit("once-2", video, null, wanted);
    SubmissionAccepted second =
        rig.first(Topics.SUBMISSIONS, s -> s.getSubmissionId().equals("once-2"));
    // A later video of the same partition has been cut, so the second submission was seen to.
    submit(
        "once-3",
        video,
        null,
        List.of(new WantedRun("later", null, null, null, null, false, null, null)));
    SubmissionAccepted third =
        rig.first(Topics.SUBMISSIONS, s -> s.getSubmissionId().equals("once-3"));
    rig.first(Topics.SPLITS, s -> s.getRunIds().containsAll(third.getRunIds()) && completed(s));

    assertThat(second.getRunIds()).isEqualTo(first.getRunIds());
    assertThat(rig.all(Topics.FRAME_BATCHES, b -> runsOf(b).containsAll(first.getRunIds())))
        .extracting(FrameBatch::getSequence)
        .doesNotHaveDuplicates();
  }

  @Test
  void shouldRejectWhatIsNoVideo() throws Exception {
    StoredVideo text = rig.store().put(new ByteArrayInputStream("no video".getBytes(UTF_8)), 8);

    submit("text", text, null, List.of());

    SubmissionAccepted accepted =
        rig.first(Topics.SUBMISSIONS, s -> s.getSubmissionId().equals("text"));
    SplitEvent split =
        rig.first(Topics.SPLITS, s -> s.getRunIds().containsAll(accepted.getRunIds()));
    assertThat(split.getState())
        .isInstanceOfSatisfying(
            VideoRejected.class,
            rejected -> assertThat(rejected.getCode()).isEqualTo("MEDIA_UNRECOGNISED"));
  }

  @Test
  void shouldSetAsideWhatCannotBeUsedAndSayWhy() throws Exception {
    StoredVideo video = demo();
    Path outside = Files.writeString(folder.resolve("outside.mp4"), "x");
    WantedRun absurd = new WantedRun(null, 7f, null, null, null, false, null, null);

    submit("wrong-hash", video, "00".repeat(32), List.of());
    submit("absurd", video, null, List.of(absurd));
    rig.submit("outside", outside.toUri().toString(), null, List.of());
    rig.submit("no-uri", "::", null, List.of());
    try (var producer =
        new KafkaProducer<>(rig.kafka(), new StringSerializer(), new ByteArraySerializer())) {
      producer.send(new ProducerRecord<>(Topics.VIDEOS.name(), "foreign", new byte[] {1, 2})).get();
    }

    assertThat(deadLetterCode("wrong-hash")).isEqualTo("VIDEO_HASH_MISMATCH");
    assertThat(deadLetterCode("absurd")).isEqualTo("OPTION_INVALID");
    assertThat(deadLetterCode("outside")).isEqualTo("LOCATION_REFUSED");
    assertThat(deadLetterCode("no-uri")).isEqualTo("LOCATION_REFUSED");
    assertThat(deadLetterCode("foreign")).isEqualTo("RECORD_UNREADABLE");
  }

  private static StoredVideo demo() throws Exception {
    return rig.store(Samples.copyVideo(folder));
  }

  private static void submit(String id, StoredVideo video, String sha256, List<WantedRun> runs)
      throws Exception {
    rig.submit(id, video.location().toString(), sha256, runs);
  }

  private static boolean completed(SplitEvent event) {
    return event.getState() instanceof SplitCompleted;
  }

  private static List<String> runsOf(FrameBatch batch) {
    return batch.getRuns().stream().map(BatchRun::getRunId).toList();
  }

  private static String deadLetterCode(String key) {
    return Awaitility.await()
        .atMost(Duration.ofMinutes(1))
        .until(
            () ->
                rig.read(Topics.VIDEOS_DEAD_LETTER).stream()
                    .filter(letter -> letter.key().equals(key))
                    .map(letter -> letter.headers().lastHeader("zoetrope.error.code"))
                    .map(Header::value)
                    .map(value -> new String(value, UTF_8))
                    .toList(),
            found -> !found.isEmpty())
        .get(0);
  }
}
