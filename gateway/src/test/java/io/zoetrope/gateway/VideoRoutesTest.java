package io.zoetrope.gateway;

import static io.zoetrope.gateway.GatewayRig.MODEL;
import static io.zoetrope.gateway.GatewayRig.OTHER_MODEL;
import static io.zoetrope.gateway.GatewayRig.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.zoetrope.events.FrameStatus;
import io.zoetrope.events.Point;
import io.zoetrope.events.Rational;
import io.zoetrope.events.RunOptions;
import io.zoetrope.events.RunRequested;
import io.zoetrope.events.SplitOptions;
import io.zoetrope.topology.ledger.BatchCounts;
import io.zoetrope.topology.ledger.FrameCounts;
import io.zoetrope.topology.ledger.LabelSummary;
import io.zoetrope.topology.ledger.PacketCounts;
import io.zoetrope.topology.ledger.RunFilter;
import io.zoetrope.topology.ledger.RunStatus;
import io.zoetrope.topology.ledger.StreamFacts;
import io.zoetrope.topology.query.DetectionPage;
import io.zoetrope.topology.query.DetectionQuery;
import io.zoetrope.topology.query.Run;
import io.zoetrope.topology.query.RunDigest;
import io.zoetrope.topology.query.Video;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VideoRoutesTest {
  private static final String VIDEO = "0123456789abcdef0123456789abcdef";
  private static final String RUN = "0123456789abcdef01234567";
  private static final String RUN_JSON =
      """
      {"videoId":"0123456789abcdef0123456789abcdef","runId":"0123456789abcdef01234567",
       "splitId":"split-1","modelId":"yolo-0123456789ab","status":"INCOMPLETE","revision":2,
       "options":{"confidence":0.25,"iou":0.45,"stream":1,"maxFps":12.5,"keyframesOnly":false,
                  "labels":[],"dropLabels":[],"labelConfidence":{},"minWidth":0.0,"minHeight":0.0,"region":[]},
       "frames":{"expected":377,"estimated":377,"processed":376,"damaged":3,"failed":1,"hidden":0},
       "batches":{"expected":12,"processed":12,"failed":0},
       "labels":{"car":{"detections":10,"frames":8,"maxConfidence":0.91,"firstMicros":0,
                        "lastMicros":5000000}},
       "missing":[{"sequence":3,"firstFrame":96,"lastFrame":96,"firstMicros":null,
                   "code":"FRAME_LOST","message":"no picture"}],
       "rejection":null,"readError":null,
       "packets":{"read":405,"expected":377,"unsampled":0,"secondFields":0,"discarded":26,
                  "invisible":2,"empty":0}}
      """;

  private static final RunDigest DIGEST =
      new RunDigest(
          VIDEO,
          RUN,
          RunStatus.COMPLETE,
          new FrameCounts(9, 1, 0, 3),
          new BatchCounts(2, 0),
          "0a1b");

  @TempDir Path media;
  private GatewayRig rig;

  @BeforeEach
  void open() {
    rig = new GatewayRig(media);
  }

  @AfterEach
  void close() {
    rig.close();
  }

  @Test
  void shouldShowARun() {
    rig.queries.run = run(RUN, RunStatus.INCOMPLETE);

    HttpResponse<String> response = rig.get("/v1/videos/" + VIDEO + "/runs/" + RUN);

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
    assertThat(json(response)).isEqualTo(json(RUN_JSON));
  }

  @Test
  void shouldShowAVideo() {
    rig.queries.video = video();

    HttpResponse<String> response = rig.get("/v1/videos/" + VIDEO);

    assertThat(json(response))
        .isEqualTo(
            json(
                """
                {"videoId":"0123456789abcdef0123456789abcdef",
                 "submissions":[{"submissionId":"s-1","name":"a.mp4","sizeBytes":9,
                                 "attributes":{"site":"north"},"submitted":"2026-11-01T12:00:00Z"}],
                 "stream":{"index":0,"codec":"h264","width":720,"height":1280,"frameRate":"25/1",
                           "durationMicros":15080000,"readError":null},
                 "runs":[%s]}
                """
                    .formatted(RUN_JSON)));
  }

  @Test
  void shouldListVideos() {
    rig.queries.video = video();

    var page = json(rig.get("/v1/videos?limit=7&cursor=x"));

    assertThat(page.at("/videos/0/videoId").asText()).isEqualTo(VIDEO);
    assertThat(page.at("/cursor").asText()).isEqualTo("after-7x");
  }

  @Test
  void shouldGiveARunsDigest() {
    String path = "/v1/videos/" + VIDEO + "/runs/" + RUN + "/digest";
    assertThat(rig.get(path).statusCode()).isEqualTo(404);

    rig.queries.digest = DIGEST;

    assertThat(json(rig.get(path)))
        .isEqualTo(
            json(
                """
                {"videoId":"0123456789abcdef0123456789abcdef","runId":"0123456789abcdef01234567",
                 "status":"COMPLETE","frames":{"processed":9,"damaged":1,"failed":0,"hidden":3},
                 "batches":{"processed":2,"failed":0},"sha256":"0a1b"}
                """));
  }

  @Test
  void shouldListRuns() {
    assertThat(json(rig.get("/v1/runs?limit=10000&after=video/run")))
        .isEqualTo(json("{\"runs\":[\"after-10000video/run\"]}"));
    assertThat(json(rig.get("/v1/runs"))).isEqualTo(json("{\"runs\":[\"after-1000null\"]}"));
  }

  @Test
  void shouldShowDetections() {
    rig.queries.page =
        new DetectionPage(
            VIDEO,
            RUN,
            MODEL,
            List.of(
                new DetectionPage.Frame(
                    0,
                    0L,
                    FrameStatus.PROCESSED,
                    null,
                    1280,
                    720,
                    List.of(
                        new DetectionPage.Found(
                            "car", 2, 0.87f, new DetectionPage.Box(1.5f, 2, 30, 40)))),
                new DetectionPage.Frame(
                    1, null, FrameStatus.FAILED, "FRAME_UNDECODABLE", 0, 0, List.of())),
            "1-2");

    HttpResponse<String> response =
        rig.get(
            "/v1/videos/"
                + VIDEO
                + "/runs/"
                + RUN
                + "/detections?from=10&to=20&label=car&label=two%20words&minConfidence=0.5"
                + "&limit=10000&cursor=0-1");

    assertThat(json(response))
        .isEqualTo(
            json(
                """
                {"videoId":"0123456789abcdef0123456789abcdef","runId":"0123456789abcdef01234567",
                 "modelId":"yolo-0123456789ab",
                 "frames":[
                   {"frame":0,"ptsMicros":0,"status":"PROCESSED","failure":null,"width":1280,"height":720,
                    "detections":[{"label":"car","classId":2,"confidence":0.87,
                                   "box":[1.5,2.0,30.0,40.0]}]},
                   {"frame":1,"ptsMicros":null,"status":"FAILED","failure":"FRAME_UNDECODABLE","width":0,"height":0,
                    "detections":[]}],
                 "cursor":"1-2"}
                """));
    assertThat(rig.queries.asked)
        .isEqualTo(
            new DetectionQuery(
                VIDEO, RUN, 10L, 20L, Set.of("car", "two words"), 0.5f, 10_000, "0-1"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v1/videos",
        "/v1/runs",
        "/v1/videos/" + VIDEO,
        "/v1/videos/" + VIDEO + "/runs/" + RUN,
        "/v1/videos/" + VIDEO + "/runs/" + RUN + "/detections",
        "/v1/videos/" + VIDEO + "/runs/" + RUN + "/digest"
      })
  void shouldSayHowFarAnAnswerIsBehind(String path) {
    rig.queries.video = video();
    rig.queries.run = run(RUN, RunStatus.INCOMPLETE);
    rig.queries.page = new DetectionPage(VIDEO, RUN, MODEL, List.of(), null);
    rig.queries.digest = DIGEST;
    assertThat(rig.get(path).headers().firstValue("Zoetrope-Stale")).isEmpty();

    rig.queries.behind = 12;

    HttpResponse<String> response = rig.get(path);
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Zoetrope-Stale")).contains("12");
  }

  @Test
  void shouldRequestAFurtherRunOverTheSameBytes() {
    rig.queries.video = video();

    HttpResponse<String> response =
        rig.post(
            "/v1/videos/" + VIDEO + "/runs",
            "{\"modelId\":\"%s\",\"confidence\":0.5}".formatted(OTHER_MODEL));

    RunRequested published = rig.publisher.runs.get(0);
    assertThat(response.statusCode()).isEqualTo(202);
    assertThat(json(response))
        .isEqualTo(
            json(
                "{\"videoId\":\"%s\",\"runId\":\"%s\",\"modelId\":\"%s\"}"
                    .formatted(VIDEO, published.getRunId(), OTHER_MODEL)));
    assertThat(response.headers().firstValue("Location"))
        .contains("/v1/videos/" + VIDEO + "/runs/" + published.getRunId());
    assertThat(published)
        .isEqualTo(
            new RunRequested(
                VIDEO,
                published.getRunId(),
                OTHER_MODEL,
                "file:///originals/" + VIDEO,
                published.getSplitId(),
                new SplitOptions(-1, 0, 2, null, false),
                new RunOptions(0.5f, 0.45f, null),
                1));
    assertThat(rig.get("/v1/videos/" + VIDEO + "/runs/" + published.getRunId()).statusCode())
        .isEqualTo(200);
  }

  @Test
  void shouldRequestARunOverSomeFramesOfAVideo() {
    rig.queries.video = video();

    rig.post("/v1/videos/" + VIDEO + "/runs", "{\"stream\":1,\"maxFps\":29.97}");
    rig.post("/v1/videos/" + VIDEO + "/runs", "{\"keyframesOnly\":true}");

    assertThat(rig.publisher.runs)
        .extracting(RunRequested::getSplit)
        .containsExactly(
            new SplitOptions(1, 0, 2, new Rational(2997, 100), false),
            new SplitOptions(-1, 0, 2, null, true));
  }

  @Test
  void shouldRequestARunThatCountsOnlySomeDetections() {
    rig.queries.video = video();

    rig.post(
        "/v1/videos/" + VIDEO + "/runs",
        """
        {"labels":["car"],"dropLabels":[],"labelConfidence":{"car":0.75},"minWidth":10,
         "region":[[0,0],[1,0.5],[0,1]]}
        """);
    rig.post("/v1/videos/" + VIDEO + "/runs", "{\"labels\":[],\"region\":[]}");

    assertThat(rig.publisher.runs)
        .extracting(RunRequested::getOptions)
        .containsExactly(
            new RunOptions(
                0.25f,
                0.45f,
                new io.zoetrope.events.RunFilter(
                    List.of("car"),
                    List.of(),
                    Map.of("car", 0.75f),
                    10f,
                    0f,
                    List.of(new Point(0f, 0f), new Point(0f, 1f), new Point(1f, 0.5f)))),
            new RunOptions(0.25f, 0.45f, null));
  }

  @ParameterizedTest
  @CsvSource({
    "RUNNING, 1, false",
    "COMPLETE, 0, false",
    "INCOMPLETE, 0, false",
    "INCOMPLETE, 1, true",
    "REJECTED, 0, true"
  })
  void shouldRequestAKnownRunAgainWhereThatMayBringMore(
      RunStatus status, int failedBatches, boolean requested) {
    rig.queries.video = video();
    String path = "/v1/videos/" + VIDEO + "/runs";
    String runId = json(rig.post(path, "")).at("/runId").asText();
    rig.queries.run = run(runId, status, failedBatches);

    HttpResponse<String> again = rig.post(path, "{}");

    assertThat(again.statusCode()).isEqualTo(202);
    assertThat(json(again).at("/runId").asText()).isEqualTo(runId);
    assertThat(rig.publisher.runs).hasSize(requested ? 2 : 1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"modelId\":\"yolo\"} | 422 | MODEL_UNKNOWN",
        "{\"confidence\":2} | 400 | PARAMETER_INVALID",
        "{\"maxFps\":0} | 400 | OPTION_INVALID",
        "{\"maxFps\":1,\"keyframesOnly\":true} | 400 | OPTION_INVALID",
        "{\"stream\":-2} | 400 | OPTION_INVALID",
        "{\"stream\":0.5} | 400 | BODY_INVALID",
        "{\"labels\":[\"cra\"]} | 422 | LABEL_UNKNOWN",
        "{\"labels\":[null]} | 400 | BODY_INVALID",
        "{\"labels\":\"car\"} | 400 | BODY_INVALID",
        "{\"labelConfidence\":{\"car\":null}} | 400 | BODY_INVALID",
        "{\"labelConfidence\":{\"car\":2}} | 400 | OPTION_INVALID",
        "{\"minWidth\":-1} | 400 | OPTION_INVALID",
        "{\"region\":[[0,0],[1,0]]} | 400 | OPTION_INVALID",
        "{\"region\":[[0,0],[1,0],[1]]} | 400 | BODY_INVALID",
        "{\"region\":[[0,0],[1,0],[1,null]]} | 400 | BODY_INVALID",
        "{\"treshold\":0.5} | 400 | BODY_INVALID",
        "{\"confidence\":\"high\"} | 400 | BODY_INVALID",
        "null | 400 | BODY_INVALID",
        "[] | 400 | BODY_INVALID",
        "not JSON | 400 | BODY_INVALID",
      })
  void shouldRefuseARunThatMakesNoSense(String body, int status, String code) {
    rig.queries.video = video();

    HttpResponse<String> response = rig.post("/v1/videos/" + VIDEO + "/runs", body);

    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(json(response).at("/code").asText()).isEqualTo(code);
    assertThat(rig.publisher.runs).isEmpty();
  }

  private static Video video() {
    return new Video(
        VIDEO,
        List.of(
            new Video.Submission(
                "s-1", "a.mp4", 9, Map.of("site", "north"), "2026-11-01T12:00:00Z")),
        new StreamFacts(0, "h264", 720, 1280, "25/1", 15_080_000, null),
        List.of(run(RUN, RunStatus.INCOMPLETE)));
  }

  private static Run run(String runId, RunStatus status) {
    return run(runId, status, 0);
  }

  private static Run run(String runId, RunStatus status, int failedBatches) {
    return new Run(
        VIDEO,
        runId,
        "split-1",
        MODEL,
        status,
        2,
        new io.zoetrope.topology.ledger.RunOptions(0.25f, 0.45f, 1, 12.5, false, RunFilter.NONE),
        new Run.Frames(377L, 377L, 376, 3, 1, 0),
        new Run.Batches(12, 12 - failedBatches, failedBatches),
        Map.of("car", new LabelSummary(10, 8, 0.91f, 0, 5_000_000)),
        List.of(new Run.Missing(3, 96, 96, null, "FRAME_LOST", "no picture")),
        null,
        null,
        new PacketCounts(405, 377, 0, 0, 26, 2, 0));
  }
}
