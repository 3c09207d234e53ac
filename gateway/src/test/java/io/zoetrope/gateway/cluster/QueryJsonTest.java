package io.zoetrope.gateway.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.zoetrope.events.ColourBy;
import io.zoetrope.events.Concealment;
import io.zoetrope.events.FrameStatus;
import io.zoetrope.events.RenderCodec;
import io.zoetrope.events.RenderPreset;
import io.zoetrope.topology.ledger.BatchCounts;
import io.zoetrope.topology.ledger.FrameCounts;
import io.zoetrope.topology.ledger.LabelSummary;
import io.zoetrope.topology.ledger.PacketCounts;
import io.zoetrope.topology.ledger.Reason;
import io.zoetrope.topology.ledger.RunFilter;
import io.zoetrope.topology.ledger.RunOptions;
import io.zoetrope.topology.ledger.RunStatus;
import io.zoetrope.topology.ledger.StreamFacts;
import io.zoetrope.topology.query.Answer;
import io.zoetrope.topology.query.DetectionPage;
import io.zoetrope.topology.query.DetectionPage.Box;
import io.zoetrope.topology.query.DetectionPage.Found;
import io.zoetrope.topology.query.DetectionPage.Frame;
import io.zoetrope.topology.query.DetectionQuery;
import io.zoetrope.topology.query.Render;
import io.zoetrope.topology.query.RenderSegments;
import io.zoetrope.topology.query.Renders;
import io.zoetrope.topology.query.Run;
import io.zoetrope.topology.query.RunDigest;
import io.zoetrope.topology.query.RunKeys;
import io.zoetrope.topology.query.Video;
import io.zoetrope.topology.query.VideoPage;
import io.zoetrope.topology.query.VideoQuery;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class QueryJsonTest {
  private static final DetectionQuery SOME_DETECTIONS =
      new DetectionQuery(
          "video", "run", -1L, Long.MAX_VALUE, Set.of("car", "zażółć"), 0.1f, 7, "3-4");
  private static final Run RUN =
      new Run(
          "video",
          "run",
          "split",
          "model",
          RunStatus.INCOMPLETE,
          3,
          new RunOptions(
              0.1f,
              0.45f,
              null,
              30_000 / 1_001.0,
              false,
              new RunFilter(
                  List.of("car"),
                  List.of(),
                  Map.of("car", 0.7f),
                  1.5f,
                  0,
                  List.of(new RunFilter.Corner(0.1f, 1 / 3f)))),
          new Run.Frames(9L, null, 7, 1, 2, 0),
          new Run.Batches(null, 2, 1),
          Map.of("car", new LabelSummary(4, 3, 0.91f, 0, 40_000)),
          List.of(new Run.Missing(1, 4, 5, null, "FRAME_LOST", "no \"picture\"")),
          new Reason("MEDIA_UNREADABLE", "why"),
          "cut off",
          new PacketCounts(9, 8, 1, 0, 0, 0, 0));
  private static final Video VIDEO =
      new Video(
          "video",
          List.of(new Video.Submission("s-1", "a.mp4", 1L << 40, Map.of("site", "north"), null)),
          new StreamFacts(0, "h264", 720, 1280, "30000/1001", 15_080_000, null),
          List.of(RUN));

  static List<VideoQuery<?>> queries() {
    return List.of(
        new VideoQuery.Videos(Set.of(0, 23), 7, null),
        new VideoQuery.Runs(Set.of(7), 7, "video/run"),
        new VideoQuery.OneVideo("video"),
        new VideoQuery.OneRun("video", "run"),
        new VideoQuery.Location("video"),
        new VideoQuery.Digest("video", "run"),
        new VideoQuery.AllRenders("video"),
        new VideoQuery.OneRender("video", "render"),
        new VideoQuery.Segments("video", "render", 7),
        new VideoQuery.Detections(SOME_DETECTIONS));
  }

  @ParameterizedTest
  @MethodSource("queries")
  void shouldReadTheQuestionThatWasWritten(VideoQuery<?> query) throws IOException {
    assertThat(QueryJson.readQuery(new String(QueryJson.write(query), UTF_8))).isEqualTo(query);
  }

  @Test
  void shouldKnowEveryQuestion() {
    assertThat(queries().stream().map(Object::getClass).collect(Collectors.toSet()))
        .isEqualTo(Set.of(VideoQuery.class.getPermittedSubclasses()));
  }

  @Test
  void shouldReadTheAnswerThatWasWritten() throws IOException {
    assertThat(there(new VideoQuery.OneVideo("video"), VIDEO)).isEqualTo(VIDEO);
    assertThat(there(new VideoQuery.OneRun("video", "run"), RUN)).isEqualTo(RUN);
    assertThat(there(new VideoQuery.Location("video"), "file:///a%20b")).isEqualTo("file:///a%20b");
    VideoPage page = new VideoPage(List.of(VIDEO), "video");
    assertThat(there(new VideoQuery.Videos(Set.of(1), 1, null), page)).isEqualTo(page);
    RunDigest digest =
        new RunDigest(
            "video",
            "run",
            RunStatus.COMPLETE,
            new FrameCounts(9, 1, 2, 3),
            new BatchCounts(2, 1),
            "0a1b");
    assertThat(there(new VideoQuery.Digest("video", "run"), digest)).isEqualTo(digest);
    RunKeys keys = new RunKeys(List.of("video/run"));
    assertThat(there(new VideoQuery.Runs(Set.of(1), 1, null), keys)).isEqualTo(keys);
  }

  @Test
  void shouldReadWhatBecameOfARender() throws IOException {
    Render render =
        new Render(
            "video",
            "render",
            "run",
            new Render.Style(
                List.of("car"),
                0.5f,
                ColourBy.TRACK,
                true,
                true,
                7,
                Concealment.PIXELATE,
                List.of("person"),
                List.of(new Render.Zone("gate", List.of(new RunFilter.Corner(0.1f, 1 / 3f))))),
            new Render.Encoding(RenderCodec.AV1, RenderPreset.BEST, false, "av1_nvenc"),
            1,
            Render.State.FAILED,
            2,
            new Render.Segments(null, 3, 2, 1L << 40, 360),
            new Render.FailedFrames(1, List.of(new Render.FailedRange(7, 7, "FRAME_UNDECODABLE"))),
            new Render.Result(1, 2, 3, 4, "file:/a", "abc", 5, List.of("no sound")),
            new Reason("SEGMENT_CRASHED", "why"));
    assertThat(there(new VideoQuery.OneRender("video", "render"), render)).isEqualTo(render);
    Renders renders = new Renders(List.of(render));
    assertThat(there(new VideoQuery.AllRenders("video"), renders)).isEqualTo(renders);
    RenderSegments segments =
        new RenderSegments(
            Render.State.RUNNING,
            2,
            null,
            new RenderSegments.Sound("file:/s", 9, List.of(new RenderSegments.Fragment(1, 2))),
            List.of(
                new RenderSegments.Segment(0, 0, 0, null, null, 0, 0, 0, List.of()),
                new RenderSegments.Segment(
                    1,
                    120,
                    119,
                    "file:/1",
                    "ab",
                    9,
                    8,
                    7,
                    List.of(new Render.FailedRange(7, 1L << 40, "FRAME_UNDECODABLE")))));
    assertThat(there(new VideoQuery.Segments("video", "render", 0), segments)).isEqualTo(segments);
  }

  @Test
  void shouldReadThatThereIsNothing() throws IOException {
    byte[] body = QueryJson.write(Answer.current(Optional.empty()));

    assertThat(QueryJson.readAnswer(body, new VideoQuery.OneVideo("video")))
        .isEqualTo(Answer.current(Optional.empty()));
  }

  @Test
  void shouldCarryEveryBitOfABox() throws IOException {
    long seed = System.nanoTime();
    System.out.println("boxes of seed " + seed);
    Random random = new Random(seed);
    List<Found> found = new ArrayList<>();
    for (int i = 0; i < 10_000; i++) {
      found.add(
          new Found(
              "car",
              2,
              finite(random),
              new Box(finite(random), finite(random), Float.MIN_VALUE, 3.4e38f)));
    }
    DetectionPage page =
        new DetectionPage(
            "video",
            "run",
            "model",
            List.of(
                new Frame(0, null, FrameStatus.DAMAGED, null, 1, 2, found),
                new Frame(1, 40_000L, FrameStatus.HIDDEN, null, 0, 0, List.of())),
            null);

    assertThat(there(new VideoQuery.Detections(SOME_DETECTIONS), page)).isEqualTo(page);
  }

  @Test
  void shouldNotMindWhatALaterReleaseAdds() throws IOException {
    String body = "{\"behind\":3,\"answer\":\"file:///a\",\"mood\":\"fine\"}";

    assertThat(QueryJson.readAnswer(body.getBytes(UTF_8), new VideoQuery.Location("video")))
        .isEqualTo(new Answer<>(Optional.of("file:///a"), 3));
  }

  private static <A> A there(VideoQuery<A> query, A value) throws IOException {
    byte[] body = QueryJson.write(new Answer<>(Optional.of(value), 5));
    Answer<Optional<A>> answer = QueryJson.readAnswer(body, query);
    assertThat(answer.behind()).isEqualTo(5);
    return answer.value().orElseThrow();
  }

  private static float finite(Random random) {
    float value = Float.intBitsToFloat(random.nextInt());
    return Float.isFinite(value) ? value : 0.5f;
  }
}
