package io.zoetrope.gateway;

import static io.zoetrope.gateway.GatewayRig.json;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.zoetrope.topology.query.QueryException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProblemsTest {
  private static final String VIDEO = "/v1/videos/0123456789abcdef0123456789abcdef";

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
  void shouldDescribeAProblem() {
    HttpResponse<String> response = rig.get(VIDEO);

    assertThat(response.statusCode()).isEqualTo(404);
    assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
    assertThat(json(response))
        .isEqualTo(
            json(
                """
                {"type":"urn:zoetrope:error:VIDEO_UNKNOWN","title":"Video unknown","status":404,
                 "detail":"there is no video 0123456789abcdef0123456789abcdef",
                 "code":"VIDEO_UNKNOWN","instance":"/v1/videos/0123456789abcdef0123456789abcdef"}
                """));
  }

  @ParameterizedTest
  @CsvSource({
    "/v1/nothing, 404, ROUTE_UNKNOWN",
    "/, 404, ROUTE_UNKNOWN",
    "/v1/videos/short, 404, VIDEO_UNKNOWN",
    "/v1/videos/0123456789abcdef0123456789abcdef/runs/0123456789abcdef01234567, 404, RUN_UNKNOWN",
    "/v1/videos/0123456789abcdef0123456789abcdef/runs/x/detections, 404, RUN_UNKNOWN",
    "/v1/videos?limit=0, 400, PARAMETER_INVALID",
    "/v1/videos?limit=1001, 400, PARAMETER_INVALID",
    "/v1/videos?limit=ten, 400, PARAMETER_INVALID",
    "/v1/videos?order=name, 400, PARAMETER_INVALID",
    "/v1/videos/0123456789abcdef0123456789abcdef?all=1, 400, PARAMETER_INVALID",
    "/v1/videos/0123456789abcdef0123456789abcdef/runs/0123456789abcdef01234567/detections?from=1s,"
        + " 400, PARAMETER_INVALID",
    "/v1/videos/0123456789abcdef0123456789abcdef/runs/0123456789abcdef01234567/detections"
        + "?minConfidence=-0.1, 400, PARAMETER_INVALID",
    "/v1/videos/0123456789abcdef0123456789abcdef/runs/0123456789abcdef01234567/detections"
        + "?limit=10001, 400, PARAMETER_INVALID",
  })
  void shouldNameWhatIsWrong(String path, int status, String code) {
    assertProblem(rig.get(path), status, code);
  }

  @Test
  void shouldRefuseAMethodThatIsNotServed() {
    assertProblem(rig.delete("/v1/videos"), 405, "METHOD_NOT_ALLOWED");
  }

  @Test
  void shouldAskToComeAgainWhereTheStoresAreNotReady() {
    rig.queries.failure = new QueryException(QueryException.STORES_NOT_READY, "being restored");

    HttpResponse<String> response = rig.get(VIDEO);

    assertProblem(response, 503, "STORES_NOT_READY");
    assertThat(response.headers().firstValue("Retry-After")).contains("1");
  }

  @Test
  void shouldRefuseACursorThatIsNone() {
    rig.queries.failure = new QueryException(QueryException.CURSOR_INVALID, "no page ended so");

    assertProblem(rig.get("/v1/videos?cursor=x"), 400, "CURSOR_INVALID");
  }

  @Test
  void shouldKeepItsInsidesToItself() {
    rig.queries.failure = new IllegalStateException("secret");

    HttpResponse<String> response = rig.get(VIDEO);

    assertProblem(response, 500, "INTERNAL_ERROR");
    assertThat(response.body()).doesNotContain("secret", "Exception", "\tat ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /v1/%zz HTTP/1.1",
        "GET /v1/..%2f..%2fetc HTTP/1.1",
        "GET /v1/videos/a%2Fb HTTP/1.1",
        "GET /v1/videos?limit=%zz HTTP/1.1",
        "GET v1 HTTP/1.1",
        "nonsense"
      })
  void shouldAnswerRequestsThatAreNoneWithAProblemToo(String request) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), rig.gateway.port())) {
      socket
          .getOutputStream()
          .write((request + "\r\nHost: here\r\nConnection: close\r\n\r\n").getBytes(UTF_8));
      String answer = new String(socket.getInputStream().readAllBytes(), UTF_8);

      assertThat(answer)
          .startsWith("HTTP/1.1 4")
          .contains("application/problem+json")
          .contains("\"code\":")
          .doesNotContain("Exception", "<html");
    }
  }

  private static void assertProblem(HttpResponse<String> response, int status, String code) {
    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
    assertThat(json(response).at("/code").asText()).isEqualTo(code);
    assertThat(json(response).at("/type").asText()).isEqualTo("urn:zoetrope:error:" + code);
  }
}
