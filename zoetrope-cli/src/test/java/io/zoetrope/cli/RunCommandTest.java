package io.zoetrope.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The command against a service that knows three videos and plays its runs to their end. */
class RunCommandTest {
  private static final String PAGE =
      """
      {"videos":[
       {"videoId":"v1","submissions":[{"name":"old.mp4","submitted":"2026-11-01T00:00:00Z"}]},
       {"videoId":"v2","submissions":[{"name":"new.mp4","submitted":"2026-11-20T00:00:00Z"}]}],
       "cursor":"more"}
      """;
  private static final String LAST_PAGE =
      """
      {"videos":[{"videoId":"v3","submissions":[{"name":"undated.mp4","submitted":null}]}],
       "cursor":null}
      """;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final List<String> wishes = Collections.synchronizedList(new ArrayList<>());
  private final Map<String, Integer> asked = new HashMap<>();
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/v1", this::handle);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void shouldRunOverEveryVideo() {
    int status = run("--all", "--model", "yolo", "--max-fps", "2", "--labels", "car");

    assertThat(wishes).containsExactly("v1 " + wish(), "v2 " + wish(), "v3 " + wish());
    assertThat(out.toString())
        .isEqualTo(
            """
            old.mp4      v1  complete    10 of 10 frames
            new.mp4      v2  incomplete  7 of 10 frames, 3 FRAME_UNDECODABLE
            undated.mp4  v3  complete    10 of 10 frames
            3 videos: 2 complete, 1 incomplete
            """);
    assertThat(status).isEqualTo(1);
    assertThat(err.toString()).isEmpty();
  }

  private static String wish() {
    return "{\"confidence\":0.25,\"iou\":0.45,\"labels\":[\"car\"],\"maxFps\":2.0,\"modelId\":\"yolo-0123456789ab\"}";
  }

  @Test
  void shouldRunOverWhatWasSubmittedSince() {
    run("--all", "--since", "2026-11-10", "--model", "yolo");

    assertThat(wishes).hasSize(1).allMatch(wish -> wish.startsWith("v2 "));
    assertThat(err.toString())
        .isEqualTo(
            "zoetrope: videos left out because an earlier release didn't keep when they were submitted: 1; name them, or leave --since out\n");
  }

  @Test
  void shouldRunOverTheVideosThatAreNamedAndSayWhichThereAreNone() {
    int status = run("v1", "v9", "--model", "yolo-0123456789ab");

    assertThat(out.toString())
        .isEqualTo(
            """
            -  v1  complete    10 of 10 frames
            -  v9  rejected    VIDEO_UNKNOWN
            2 videos: 1 complete, 1 rejected
            """);
    assertThat(err.toString()).isEqualTo("zoetrope: VIDEO_UNKNOWN: there is no video v9\n");
    assertThat(status).isEqualTo(2);
  }

  @Test
  void shouldAskForWhatIsNotClear() {
    assertThat(run("--model", "yolo")).isEqualTo(2);
    assertThat(run("v1", "--all", "--model", "yolo")).isEqualTo(2);
    assertThat(run("v1", "--since", "7d", "--model", "yolo")).isEqualTo(2);
    assertThat(run("--all", "--since", "soon", "--model", "yolo")).isEqualTo(2);
    assertThat(run("--all")).isEqualTo(2);
    assertThat(run("--all", "--model", "none")).isEqualTo(2);

    assertThat(err.toString().lines().map(line -> line.replaceAll(" \\(`.*", "")))
        .containsExactly(
            "zoetrope: USAGE_INVALID: name videos by their ids, or give --all",
            "zoetrope: USAGE_INVALID: name videos by their ids, or give --all",
            "zoetrope: USAGE_INVALID: --since goes with --all",
            "zoetrope: USAGE_INVALID: --since has to be a time that passed, as in 7d, or a date, as in 2026-11-20, but is soon",
            "zoetrope: USAGE_INVALID: --model has to name one model that the service runs",
            "zoetrope: MODEL_UNKNOWN: there is no file none, and the service serves no model of that name or id; it serves yolo-0123456789ab");
    assertThat(wishes).isEmpty();
  }

  private int run(String... arguments) {
    String[] command =
        Stream.concat(
                Stream.of("run", "--server", "http://127.0.0.1:" + server.getAddress().getPort()),
                Stream.of(arguments))
            .toArray(String[]::new);
    return CommandTree.create(new PrintWriter(out, true), new PrintWriter(err, true))
        .execute(command);
  }

  private void handle(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().toString();
    String[] parts = exchange.getRequestURI().getPath().split("/", -1);
    if (path.equals("/v1/models")) {
      answer(exchange, 200, "{\"models\":[\"yolo-0123456789ab\"]}");
    } else if (path.startsWith("/v1/videos?")) {
      answer(exchange, 200, path.contains("cursor=more") ? LAST_PAGE : PAGE);
    } else if (parts[3].equals("v9")) {
      answer(exchange, 404, "{\"code\":\"VIDEO_UNKNOWN\",\"detail\":\"there is no video v9\"}");
    } else if (exchange.getRequestMethod().equals("POST")) {
      wishes.add(parts[3] + " " + new String(exchange.getRequestBody().readAllBytes(), UTF_8));
      answer(
          exchange,
          202,
          "{\"videoId\":\"%s\",\"runId\":\"r\",\"modelId\":\"m\"}".formatted(parts[3]));
    } else {
      boolean ended = asked.merge(parts[3], 1, Integer::sum) > 1;
      answer(exchange, 200, run(parts[3], ended));
    }
  }

  private static String run(String videoId, boolean ended) {
    boolean damaged = videoId.equals("v2");
    return """
    {"videoId":"%s","runId":"r","modelId":"m","status":"%s",
     "frames":{"expected":10,"estimated":10,"processed":%d,"damaged":0,"failed":%d,"hidden":0},
     "batches":{"expected":1,"processed":1,"failed":0},"labels":{},"missing":[%s]}
    """
        .formatted(
            videoId,
            ended ? (damaged ? "INCOMPLETE" : "COMPLETE") : "RUNNING",
            damaged ? 7 : 10,
            damaged ? 3 : 0,
            damaged
                ? "{\"firstFrame\":2,\"lastFrame\":4,\"code\":\"FRAME_UNDECODABLE\",\"message\":\"No.\"}"
                : "");
  }

  private static void answer(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }
}
