package io.zoetrope.cli.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.zoetrope.cli.error.UserError;
import io.zoetrope.topology.ledger.BatchCounts;
import io.zoetrope.topology.ledger.FrameCounts;
import io.zoetrope.topology.ledger.RunStatus;
import io.zoetrope.topology.query.RunDigest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ZoetropeClientTest {
  @TempDir Path folder;

  private final List<String> requests = new ArrayList<>();
  private HttpServer server;
  private ZoetropeClient client;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.start();
    client = new ZoetropeClient(URI.create("http://127.0.0.1:" + server.getAddress().getPort()));
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void shouldUploadTheBytesOfAFile() throws Exception {
    answer(
        202,
        """
        {"videoId":"v1","submissionId":"s1","modelId":"m","runs":[{"runId":"r1","modelId":"m"}]}
        """);
    Path file = Files.writeString(folder.resolve("a b.mp4"), "bytes");

    Upload upload = client.upload(file, "a b&c.mp4", Map.of("confidence", "0.25"));

    assertThat(upload)
        .isEqualTo(new Upload("v1", "s1", List.of(new Upload.RequestedRun("r1", "m", null))));
    assertThat(requests).containsExactly("PUT /v1/videos?confidence=0.25&name=a+b%26c.mp4 bytes");
  }

  @Test
  void shouldReadARun() {
    answer(
        200,
        """
        {"videoId":"v1","runId":"r1","splitId":"s","modelId":"m","status":"INCOMPLETE",
         "revision":1,"options":{"confidence":0.25,"iou":0.45,"stream":2,"maxFps":0.5,
                                 "keyframesOnly":false,"labels":["car"],"dropLabels":[],
                                 "labelConfidence":{"car":0.5},"minWidth":8.0,"minHeight":0.0,
                                 "region":[[0.0,0.5],[1.0,1.0],[0.5,0.0]]},
         "frames":{"expected":10,"estimated":11,"processed":6,"damaged":1,"failed":3,"hidden":1},
         "batches":{"expected":2,"processed":1,"failed":1},
         "labels":{"car":{"detections":10,"frames":8,"maxConfidence":0.91,
                          "firstMicros":0,"lastMicros":5}},
         "missing":[{"sequence":1,"firstFrame":5,"lastFrame":7,"firstMicros":null,
                     "code":"C","message":"m"}],
         "rejection":null,"readError":"cut off",
         "packets":{"read":15,"expected":10,"unsampled":1,"secondFields":1,"discarded":1,
                    "invisible":1,"empty":1}}
        """);

    assertThat(client.run("v1", "r1"))
        .isEqualTo(
            new Run(
                "v1",
                "r1",
                "m",
                Run.Status.INCOMPLETE,
                new Run.Options(
                    0.25f,
                    0.45f,
                    2,
                    0.5,
                    false,
                    List.of("car"),
                    List.of(),
                    Map.of("car", 0.5f),
                    8,
                    0,
                    List.of(List.of(0f, 0.5f), List.of(1f, 1f), List.of(0.5f, 0f))),
                new Run.Frames(10L, 11L, 6, 1, 3, 1),
                new Run.Batches(2L, 1, 1),
                Map.of("car", new Run.Label(10, 8, 0.91f, 0, 5)),
                List.of(new Run.Missing(5, 7, null, "C", "m")),
                null,
                "cut off",
                new Run.Packets(15, 10, 1, 1, 1, 1, 1)));
    assertThat(requests).containsExactly("GET /v1/videos/v1/runs/r1 ");
  }

  @Test
  void shouldAskForTheNextPage() {
    answer(
        200,
        """
        {"videoId":"v1","runId":"r1","modelId":"m","cursor":"c2","frames":[
          {"frame":3,"ptsMicros":120000,"status":"PROCESSED","width":1280,"height":720,
           "detections":[{"label":"car","classId":2,"confidence":0.87,"box":[1,2.5,3,4]}]}]}
        """);

    DetectionPage page = client.detections("v1", "r1", "c=1");

    DetectionPage.Detection car =
        new DetectionPage.Detection("car", 2, 0.87f, List.of(1f, 2.5f, 3f, 4f));
    assertThat(page)
        .isEqualTo(
            new DetectionPage(
                "r1",
                "m",
                List.of(new DetectionPage.Frame(3, 120_000L, "PROCESSED", List.of(car))),
                "c2"));
    assertThat(requests)
        .containsExactly("GET /v1/videos/v1/runs/r1/detections?cursor=c%3D1&limit=2000 ");
  }

  @Test
  void shouldReportAProblemByItsCode() {
    answer(
        404,
        """
        {"type":"urn:zoetrope:error:VIDEO_UNKNOWN","title":"Unknown video","status":404,
         "detail":"there is no video v9","code":"VIDEO_UNKNOWN"}
        """);

    assertThatThrownBy(() -> client.run("v9", "r1"))
        .isInstanceOfSatisfying(
            ApiException.class, e -> assertThat(e.code()).isEqualTo("VIDEO_UNKNOWN"))
        .hasMessage("there is no video v9");
  }

  @Test
  void shouldSayWhenSomethingElseAnswers() {
    answer(500, "<html>");

    assertThatThrownBy(() -> client.run("v1", "r1"))
        .isInstanceOfSatisfying(
            ApiException.class, e -> assertThat(e.code()).isEqualTo("SERVER_ANSWER"))
        .hasMessageContaining("500");
  }

  @Test
  void shouldReadTheDigestOfARun() {
    answer(
        200,
        """
        {"videoId":"v1","runId":"r1","status":"INCOMPLETE",
         "frames":{"processed":6,"damaged":1,"failed":3,"hidden":1},
         "batches":{"processed":1,"failed":1},"sha256":"abc"}
        """);

    assertThat(client.digest("v1", "r1"))
        .isEqualTo(
            new RunDigest(
                "v1",
                "r1",
                RunStatus.INCOMPLETE,
                new FrameCounts(6, 1, 3, 1),
                new BatchCounts(1, 1),
                "abc"));
    assertThat(requests).containsExactly("GET /v1/videos/v1/runs/r1/digest ");
  }

  @Test
  void shouldAskForAnAnnotatedVideo() {
    answer(
        202,
        """
        {"videoId":"v1","renderId":"a1","runId":"r1","modelId":"m"}
        """);

    assertThat(client.requestRender("v1", "r1", Map.of("conceal", "blur"))).isEqualTo("a1");
    assertThat(requests)
        .containsExactly("POST /v1/videos/v1/annotated?run=r1 {\"conceal\":\"blur\"}");
  }

  @Test
  void shouldReadAnAnnotatedVideo() {
    answer(
        200,
        """
        {"videoId":"v1","renderId":"a1","runId":"r1","style":{"labels":[]},"encoding":{},
         "renderer":1,"state":"COMPLETE","revision":2,
         "segments":{"total":3,"rendered":3,"ready":3,"readyMicros":12000000,"frames":360},
         "failedFrames":{"count":2,"ranges":[{"first":7,"last":8,"code":"BATCH_LOST"}]},
         "result":{"frames":360,"durationMicros":12000000,"width":1280,"height":720,
                   "sha256":"abc","sizeBytes":1000,"notes":["no sound"]},
         "failure":null}
        """);

    assertThat(client.render("v1", "a1"))
        .isEqualTo(
            new Render(
                "v1",
                "a1",
                "r1",
                Render.State.COMPLETE,
                2,
                new Render.Segments(3, 3, 3, 12_000_000, 360),
                new Render.FailedFrames(2, List.of(new Render.FailedRange(7, 8, "BATCH_LOST"))),
                new Render.Result(360, 12_000_000, 1280, 720, "abc", 1000, List.of("no sound")),
                null));
    assertThat(requests).containsExactly("GET /v1/videos/v1/annotated/a1 ");
  }

  @Test
  void shouldListAndRemoveAnnotatedVideos() {
    answer(200, "{\"renders\":[]}");

    assertThat(client.renders("v1")).isEmpty();
    client.deleteRender("v1", "a1");

    assertThat(requests)
        .containsExactly("GET /v1/videos/v1/annotated ", "DELETE /v1/videos/v1/annotated/a1 ");
  }

  @Test
  void shouldFetchAnAnnotatedVideoAsAWhole(@TempDir Path folder) throws IOException {
    answer(200, "the whole video");
    Path target = Files.writeString(folder.resolve("a.mp4"), "an older one");

    client.downloadRender("v1", "a1", target);

    assertThat(target).hasContent("the whole video");
    assertThat(folder.toFile().list()).containsExactly("a.mp4");
    assertThat(requests).containsExactly("GET /v1/videos/v1/annotated/a1/video.mp4 ");
  }

  @Test
  void shouldLeaveNothingOfAVideoThatCannotBeFetched(@TempDir Path folder) {
    answer(409, "{\"code\":\"RENDER_UNFINISHED\",\"detail\":\"not yet\"}");

    assertThatThrownBy(() -> client.downloadRender("v1", "a1", folder.resolve("a.mp4")))
        .isInstanceOfSatisfying(
            ApiException.class, e -> assertThat(e.code()).isEqualTo("RENDER_UNFINISHED"));
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void shouldLeaveNothingOfAVideoThatBreaksOff(@TempDir Path folder) {
    server.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(200, 1_000);
          exchange.getResponseBody().write("a part".getBytes(UTF_8));
          exchange.getResponseBody().flush();
          exchange.close();
        });

    assertThatThrownBy(() -> client.downloadRender("v1", "a1", folder.resolve("a.mp4")))
        .isInstanceOfSatisfying(
            UserError.class, e -> assertThat(e.code()).isEqualTo("SERVER_UNREACHABLE"));
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void shouldNotTakeTheDigestOfACopyThatMayBeBehind() {
    server.createContext(
        "/v1/runs",
        exchange -> {
          exchange.getResponseHeaders().add("Zoetrope-Stale", "7");
          byte[] answer = "{\"runs\":[\"v1/r1\"]}".getBytes(UTF_8);
          exchange.sendResponseHeaders(200, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });

    assertThatThrownBy(() -> client.runKeys(10, null))
        .isInstanceOfSatisfying(
            ApiException.class,
            e -> {
              assertThat(e.code()).isEqualTo("STORES_NOT_READY");
              assertThat(e.isTransient()).isTrue();
            });
  }

  @Test
  void shouldSayWhenNobodyAnswers() {
    server.stop(0);

    assertThatThrownBy(() -> client.run("v1", "r1"))
        .isInstanceOfSatisfying(
            UserError.class, e -> assertThat(e.code()).isEqualTo("SERVER_UNREACHABLE"))
        .hasMessageContaining("zoetrope up");
  }

  private void answer(int status, String body) {
    server.createContext(
        "/",
        exchange -> {
          String sent = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
          requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " " + sent);
          byte[] answer = body.getBytes(UTF_8);
          exchange.sendResponseHeaders(status, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
  }
}
