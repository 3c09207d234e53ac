package io.zoetrope.cli.detect;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A service that plays a script: an upload of the bytes {@code x} becomes video {@code x} with run
 * {@code x}, whose answers are taken from a list, the last one again and again.
 */
final class FakeService implements AutoCloseable {
  private final HttpServer server;
  private final Map<String, String[]> runs;
  private final Map<String, Integer> asked = new ConcurrentHashMap<>();

  FakeService(Map<String, String[]> runs) throws IOException {
    this.runs = runs;
    this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/v1/videos", this::handle);
    server.start();
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  private void handle(HttpExchange exchange) throws IOException {
    String[] path = exchange.getRequestURI().getPath().split("/", -1);
    if (exchange.getRequestMethod().equals("PUT")) {
      String id = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
      if (runs.containsKey(id)) {
        answer(
            exchange,
            202,
            """
            {"videoId":"%s","submissionId":"s","runs":[{"runId":"%s","modelId":"m"}]}
            """
                .formatted(id, id));
      } else {
        answer(exchange, 400, "{\"code\":\"UPLOAD_REFUSED\",\"detail\":\"no such script\"}");
      }
    } else if (path.length == 7) {
      boolean first = !exchange.getRequestURI().getQuery().contains("cursor");
      answer(
          exchange,
          200,
          """
          {"runId":"%s","modelId":"m","cursor":%s,
           "frames":[{"frame":%d,"ptsMicros":0,"status":"PROCESSED","detections":[]}]}
          """
              .formatted(path[5], first ? "\"next\"" : "null", first ? 0 : 1));
    } else {
      String[] script = runs.get(path[5]);
      int turn = asked.merge(path[5], 1, Integer::sum);
      String answer = script[Math.min(turn, script.length) - 1];
      answer(exchange, answer.contains("\"code\":\"RUN_UNKNOWN\"") ? 404 : 200, answer);
    }
  }

  private static void answer(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
