package io.zoetrope.cli.detect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.zoetrope.cli.client.Run;
import io.zoetrope.cli.client.ZoetropeClient;
import io.zoetrope.cli.error.UserError;
import io.zoetrope.cli.report.Progress;
import io.zoetrope.cli.report.ProgressDisplay;
import io.zoetrope.cli.report.Terminal;
import io.zoetrope.cli.report.VideoReport;
import io.zoetrope.cli.report.VideoReport.Failure;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AnnotationJobTest {
  private static final String UNFINISHED = "{\"state\":\"%s\",\"segments\":{\"frames\":7}}";
  private static final String COMPLETE =
      "{\"state\":\"COMPLETE\",\"result\":{\"notes\":[\"It has no sound.\"]}}";
  private static final String FAILED =
      "{\"state\":\"FAILED\",\"failure\":{\"code\":\"ORIGINAL_GONE\",\"message\":\"it is gone\"}}";

  @TempDir Path folder;
  private final Map<String, Deque<String>> answers = new HashMap<>();
  private final List<String> requests = new ArrayList<>();
  private final StringWriter err = new StringWriter();
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/v1/videos/", this::answer);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void shouldTakeTheOthersThroughWhenOneVideoCanNotBeAnnotated() throws Exception {
    script("good", "200 {\"renderId\":\"x\"}");
    script(
        "good/x",
        "503 {\"code\":\"STORES_NOT_READY\"}",
        "200 " + UNFINISHED.formatted("WAITING"),
        "200 " + UNFINISHED.formatted("RUNNING"),
        "200 " + COMPLETE);
    script("good/x/video.mp4", "200 the annotated video");
    script("bad", "200 {\"renderId\":\"x\"}");
    script("bad/x", "200 " + FAILED);
    script("odd", "422 {\"code\":\"LABEL_UNKNOWN\",\"detail\":\"no such label\"}");
    script("lost", "200 {\"renderId\":\"x\"}");
    script("lost/x", "200 " + COMPLETE);
    script("lost/x/video.mp4", "410 {\"code\":\"GONE\",\"detail\":\"it went\"}");
    VideoReport rejected = VideoReport.failed(Path.of("text.mp4"), "MEDIA_NO_VIDEO", "no pictures");

    List<VideoReport> reports =
        job(() -> {})
            .run(List.of(report("bad"), report("good"), rejected, report("odd"), report("lost")));

    assertThat(reports)
        .extracting(VideoReport::annotationFailure)
        .containsExactly(
            Optional.of(new Failure("ORIGINAL_GONE", "it is gone")),
            Optional.empty(),
            Optional.empty(),
            Optional.of(new Failure("LABEL_UNKNOWN", "no such label")),
            Optional.of(new Failure("GONE", "it went")));
    Path annotated = folder.resolve("good.annotated.mp4");
    assertThat(reports)
        .extracting(VideoReport::annotatedFile)
        .containsExactly(
            Optional.empty(),
            Optional.of(annotated),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    assertThat(annotated).hasContent("the annotated video");
    assertThat(reports.get(2)).isEqualTo(rejected);
    assertThat(err.toString().lines())
        .containsExactlyInAnyOrder(
            "zoetrope: LABEL_UNKNOWN: odd.mp4: no such label",
            "zoetrope: ORIGINAL_GONE: bad.mp4: it is gone",
            "zoetrope: GONE: lost.mp4: it went",
            "good.mp4: It has no sound.");
    assertThat(requests)
        .contains("POST good {\"captions\":false}")
        .noneMatch(r -> r.contains("text"));
  }

  @Test
  void shouldSayThatAFileCanNotBeWritten() throws Exception {
    script("good", "200 {\"renderId\":\"x\"}");
    script("good/x", "200 " + COMPLETE);
    script("good/x/video.mp4", "200 the annotated video");
    VideoReport report = report("good");
    Path nowhere = folder.resolve("nowhere");
    VideoReport unwritable =
        VideoReport.of(
            report.file(),
            report.run(),
            Optional.of(nowhere.resolve("good.detections.jsonl")),
            Optional.empty(),
            Duration.ZERO);

    assertThatThrownBy(() -> job(() -> {}).run(List.of(unwritable)))
        .isInstanceOfSatisfying(
            UserError.class, e -> assertThat(e.code()).isEqualTo("OUTPUT_UNWRITABLE"))
        .hasMessageContaining(nowhere.resolve("good.annotated.mp4").toString());
  }

  @Test
  void shouldStopWhenItsServiceHasDied() {
    script("good", "503 {\"code\":\"STORES_NOT_READY\"}");
    AnnotationJob job =
        job(
            () -> {
              throw new IllegalStateException("the broker gave up");
            });

    assertThatThrownBy(() -> job.run(List.of(report("good")))).hasMessage("the broker gave up");
    assertThat(requests).isEmpty();
  }

  private AnnotationJob job(Runnable serviceCheck) {
    Terminal none =
        new Terminal() {
          @Override
          public boolean isTerminal() {
            return false;
          }

          @Override
          public int columns() {
            return 80;
          }
        };
    URI url = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    return new AnnotationJob(
        new ZoetropeClient(url),
        Map.of("captions", false),
        new ProgressDisplay(new PrintWriter(err), none, Progress.Style.ASCII),
        serviceCheck);
  }

  /** Of a video of this id whose run has ended. */
  private VideoReport report(String id) {
    Run run =
        new Run(
            id,
            "run",
            "m",
            Run.Status.COMPLETE,
            null,
            new Run.Frames(9L, 9L, 9, 0, 0, 0),
            new Run.Batches(1L, 1, 0),
            null,
            null,
            null,
            null,
            null);
    return VideoReport.of(
        Path.of(id + ".mp4"),
        Optional.of(run),
        Optional.of(folder.resolve(id + ".detections.jsonl")),
        Optional.empty(),
        Duration.ZERO);
  }

  /**
   * What is answered below a video's path, one answer after the other, the last again and again.
   */
  private void script(String path, String... inOrder) {
    answers.put(path, new ArrayDeque<>(List.of(inOrder)));
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path =
        exchange
            .getRequestURI()
            .getPath()
            .replace("/v1/videos/", "")
            .replaceFirst("/annotated", "");
    String sent = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
    requests.add((exchange.getRequestMethod() + " " + path + " " + sent).strip());
    Deque<String> script = answers.get(path);
    String answer = script.size() > 1 ? script.remove() : script.element();
    byte[] body = answer.substring(4).getBytes(UTF_8);
    exchange.sendResponseHeaders(Integer.parseInt(answer.substring(0, 3)), body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }
}
