package io.zoetrope.gateway;

import static io.zoetrope.gateway.GatewayRig.MODEL;
import static io.zoetrope.gateway.GatewayRig.OTHER_MODEL;
import static io.zoetrope.gateway.GatewayRig.json;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.zoetrope.events.Point;
import io.zoetrope.events.VideoSubmitted;
import io.zoetrope.events.WantedFilter;
import io.zoetrope.events.WantedRun;
import io.zoetrope.schemas.Identities;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UploadTest {
  private static final byte[] BYTES = "these bytes are a video".getBytes(UTF_8);
  private static final WantedFilter EVERYTHING =
      new WantedFilter(List.of(), List.of(), Map.of(), 0f, 0f, List.of());

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
  void shouldStoreTheBytesAndPublishTheSubmission() throws IOException {
    HttpResponse<String> response = upload("/v1/videos?name=street%20one.mp4", BYTES);

    String sha256 = HexFormat.of().formatHex(Identities.sha256().digest(BYTES));
    JsonNode body = json(response);
    assertThat(response.statusCode()).isEqualTo(202);
    assertThat(body.at("/videoId").asText()).isEqualTo(sha256.substring(0, 32));
    assertThat(body.at("/modelId").asText()).isEqualTo(MODEL);
    assertThat(body.at("/runs/0/modelId").asText()).isEqualTo(MODEL);
    assertThat(response.headers().firstValue("Location"))
        .contains("/v1/videos/" + sha256.substring(0, 32));
    VideoSubmitted submitted = rig.publisher.submissions.get(0);
    assertThat(submitted)
        .isEqualTo(
            new VideoSubmitted(
                body.at("/submissionId").asText(),
                submitted.getLocation(),
                "street one.mp4",
                sha256,
                Map.of(),
                List.of(new WantedRun(MODEL, 0.25f, 0.45f, null, null, false, EVERYTHING, null))));
    assertThat(Files.readAllBytes(Path.of(URI.create(submitted.getLocation())))).isEqualTo(BYTES);
  }

  @Test
  void shouldTakeTheSameBytesUnderTheSameNameAsTheSameSubmission() {
    JsonNode first = json(upload("/v1/videos?name=a.mp4", BYTES));
    JsonNode again = json(upload("/v1/videos?name=a.mp4", BYTES));
    JsonNode other = json(upload("/v1/videos?name=b.mp4", BYTES));

    assertThat(again).isEqualTo(first);
    assertThat(other.get("videoId")).isEqualTo(first.get("videoId"));
    assertThat(other.get("submissionId")).isNotEqualTo(first.get("submissionId"));
    assertThat(rig.files()).hasSize(1);
  }

  @Test
  void shouldTakeTheClientsOwnWishes() {
    JsonNode plain = json(upload("/v1/videos?name=a.mp4", BYTES));

    JsonNode own =
        json(
            upload(
                "/v1/videos?name=a.mp4&submissionId=mine-1&confidence=0.5&iou=0.6&modelId="
                    + OTHER_MODEL,
                BYTES));

    assertThat(own.at("/submissionId").asText()).isEqualTo("mine-1");
    assertThat(own.at("/runs/0/runId")).isNotEqualTo(plain.at("/runs/0/runId"));
    assertThat(rig.publisher.submissions.get(1).getRuns())
        .containsExactly(
            new WantedRun(OTHER_MODEL, 0.5f, 0.6f, null, null, false, EVERYTHING, null));
  }

  @Test
  void shouldTakeFewerFramesOfAnotherStreamWhereThatIsWished() {
    HttpResponse<String> response = upload("/v1/videos?name=a.mp4&stream=2&maxFps=0.5", BYTES);
    upload("/v1/videos?name=a.mp4&keyframesOnly=true", BYTES);

    assertThat(rig.publisher.submissions)
        .flatExtracting(VideoSubmitted::getRuns)
        .containsExactly(
            new WantedRun(MODEL, 0.25f, 0.45f, 2, 0.5, false, EVERYTHING, null),
            new WantedRun(MODEL, 0.25f, 0.45f, null, null, true, EVERYTHING, null));
    String run =
        response.headers().firstValue("Location").orElseThrow()
            + "/runs/"
            + json(response).at("/runs/0/runId").asText();
    assertThat(json(rig.get(run)).at("/options"))
        .isEqualTo(
            json(
                """
                {"confidence":0.25,"iou":0.45,"stream":2,"maxFps":0.5,"keyframesOnly":false,
                 "labels":[],"dropLabels":[],"labelConfidence":{},"minWidth":0.0,"minHeight":0.0,"region":[]}
                """));
  }

  @Test
  void shouldCountOnlyWhatIsWished() {
    HttpResponse<String> response =
        upload(
            "/v1/videos?name=a.mp4&labels=person,car,bus&dropLabels=bus&labelConfidence=car:0.5"
                + "&minWidth=8&minHeight=16.5&region=0.5,1,0,0,1,0",
            BYTES);

    WantedFilter wanted =
        new WantedFilter(
            List.of("car", "person"),
            List.of(),
            Map.of("car", 0.5f),
            8f,
            16.5f,
            List.of(new Point(0f, 0f), new Point(0.5f, 1f), new Point(1f, 0f)));
    assertThat(rig.publisher.submissions)
        .flatExtracting(VideoSubmitted::getRuns)
        .containsExactly(new WantedRun(MODEL, 0.25f, 0.45f, null, null, false, wanted, null));
    String run =
        response.headers().firstValue("Location").orElseThrow()
            + "/runs/"
            + json(response).at("/runs/0/runId").asText();
    assertThat(json(rig.get(run)).at("/options"))
        .isEqualTo(
            json(
                """
                {"confidence":0.25,"iou":0.45,"stream":null,"maxFps":null,"keyframesOnly":false,
                 "labels":["car","person"],"dropLabels":[],"labelConfidence":{"car":0.5},
                 "minWidth":8.0,"minHeight":16.5,"region":[[0.0,0.0],[0.5,1.0],[1.0,0.0]]}
                """));
  }

  @Test
  void shouldSayWhichLabelWasMeant() {
    HttpResponse<String> response = upload("/v1/videos?name=a.mp4&labels=cra", BYTES);

    assertThat(json(response).at("/detail").asText())
        .isEqualTo("the model " + MODEL + " has no label cra; did you mean car?");
  }

  @Test
  void shouldAnswerForAVideoThatTheStoresDoNotHaveYet() {
    HttpResponse<String> response = upload("/v1/videos?name=a.mp4", BYTES);
    String location = response.headers().firstValue("Location").orElseThrow();
    String runId = json(response).at("/runs/0/runId").asText();

    JsonNode video = json(rig.get(location));
    JsonNode run = json(rig.get(location + "/runs/" + runId));
    JsonNode page = json(rig.get(location + "/runs/" + runId + "/detections"));

    assertThat(video.at("/submissions/0/name").asText()).isEqualTo("a.mp4");
    assertThat(video.at("/runs/0")).isEqualTo(run);
    assertThat(run.at("/status").asText()).isEqualTo("RUNNING");
    assertThat(run.at("/frames/expected").isNull()).isTrue();
    assertThat(page.at("/frames")).isEmpty();
  }

  @Test
  void shouldTakeALargeVideoInASmallHeap() throws Exception {
    try (SmallHeapGateway small = SmallHeapGateway.start(media)) {
      HttpResponse<String> response =
          small.put(
              "/v1/videos?name=long.mp4",
              BodyPublishers.ofInputStream(() -> new EndlessBytes(SmallHeapGateway.UPLOAD_BYTES)));

      assertThat(response.statusCode()).isEqualTo(202);
      assertThat(rig.files())
          .singleElement()
          .satisfies(file -> assertThat(file).hasSize(SmallHeapGateway.UPLOAD_BYTES));
    }
  }

  @Test
  void shouldLeaveNothingOfAnUploadThatBreaksOff() throws IOException {
    String start = put("Content-Length: 1000000");

    String answer = sendAndEnd(start, new byte[200_000]);

    assertThat(answer).startsWith("HTTP/1.1 400").contains("\"code\":\"UPLOAD_INCOMPLETE\"");
    assertThat(rig.files()).isEmpty();
    assertThat(rig.publisher.submissions).isEmpty();
  }

  @Test
  void shouldLeaveNothingOfAChunkedUploadThatBreaksOff() throws IOException {
    String start = put("Transfer-Encoding: chunked") + "20000\r\n";

    String answer = sendAndEnd(start, new byte[0x10000]);

    assertThat(answer).startsWith("HTTP/1.1 400").contains("\"code\":\"UPLOAD_INCOMPLETE\"");
    assertThat(rig.files()).isEmpty();
    assertThat(rig.publisher.submissions).isEmpty();
  }

  @Test
  void shouldLeaveNothingWhenTheClientIsGone() throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), rig.gateway.port())) {
      OutputStream out = socket.getOutputStream();
      out.write(put("Content-Length: 1000000").getBytes(US_ASCII));
      out.write(new byte[500_000]);
      out.flush();
      await().until(() -> !rig.files().isEmpty());
      socket.setSoLinger(true, 0);
    }

    await().untilAsserted(() -> assertThat(rig.files()).isEmpty());
    assertThat(rig.publisher.submissions).isEmpty();
  }

  @Test
  void shouldSayThatTheClusterDidNotTakeTheSubmission() {
    rig.publisher.refusing = true;

    HttpResponse<String> response = upload("/v1/videos?name=a.mp4", BYTES);

    assertThat(response.statusCode()).isEqualTo(503);
    assertThat(json(response).at("/code").asText()).isEqualTo("BROKER_UNREACHABLE");
    assertThat(response.headers().firstValue("Retry-After")).contains("1");
    assertThat(rig.get("/v1/videos/" + Identities.videoId(sha256())).statusCode()).isEqualTo(404);
  }

  @ParameterizedTest
  @CsvSource({
    "'', 400, NAME_INVALID",
    "name=, 400, NAME_INVALID",
    "name=a%00b, 400, NAME_INVALID",
    "name=a&submissionId=a%2Fb, 400, PARAMETER_INVALID",
    "name=a&confidence=1.5, 400, PARAMETER_INVALID",
    "name=a&iou=NaN, 400, PARAMETER_INVALID",
    "name=a&confidence=x, 400, PARAMETER_INVALID",
    "name=a&stream=first, 400, PARAMETER_INVALID",
    "name=a&stream=-1, 400, OPTION_INVALID",
    "name=a&maxFps=all, 400, PARAMETER_INVALID",
    "name=a&maxFps=0, 400, OPTION_INVALID",
    "name=a&keyframesOnly=yes, 400, PARAMETER_INVALID",
    "name=a&keyframesOnly=true&maxFps=1, 400, OPTION_INVALID",
    "name=a&labels=cra, 422, LABEL_UNKNOWN",
    "'name=a&labels=car,,bus', 400, PARAMETER_INVALID",
    "name=a&dropLabels=bus&labels=bus, 400, OPTION_INVALID",
    "name=a&labelConfidence=car, 400, PARAMETER_INVALID",
    "name=a&labelConfidence=car:2, 400, OPTION_INVALID",
    "name=a&minWidth=wide, 400, PARAMETER_INVALID",
    "name=a&minHeight=-1, 400, OPTION_INVALID",
    "'name=a&region=0,0,1', 400, PARAMETER_INVALID",
    "'name=a&region=0,0,1,1', 400, OPTION_INVALID",
    "name=a&name=b, 400, PARAMETER_INVALID",
    "name=a&model=yolo, 400, PARAMETER_INVALID",
    "name=a&modelId=yolo, 422, MODEL_UNKNOWN",
  })
  void shouldRefuseWhatItCannotUse(String query, int status, String code) {
    HttpResponse<String> response = upload("/v1/videos?" + query, BYTES);

    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(json(response).at("/code").asText()).isEqualTo(code);
    assertThat(rig.files()).isEmpty();
  }

  @Test
  void shouldRefuseAnUploadOfNothing() {
    assertThat(json(upload("/v1/videos?name=a", new byte[0])).at("/code").asText())
        .isEqualTo("UPLOAD_EMPTY");
    assertThat(rig.files()).isEmpty();
  }

  private HttpResponse<String> upload(String path, byte[] bytes) {
    return rig.put(path, BodyPublishers.ofByteArray(bytes));
  }

  private static String sha256() {
    return HexFormat.of().formatHex(Identities.sha256().digest(BYTES));
  }

  private static String put(String header) {
    return String.join("\r\n", "PUT /v1/videos?name=a.mp4 HTTP/1.1", "Host: here", header, "", "");
  }

  /** Sends, ends the sending side of the connection, and reads the answer. */
  private String sendAndEnd(String start, byte[] body) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), rig.gateway.port())) {
      OutputStream out = socket.getOutputStream();
      out.write(start.getBytes(US_ASCII));
      out.write(body);
      out.flush();
      socket.shutdownOutput();
      return new String(socket.getInputStream().readAllBytes(), UTF_8);
    }
  }
}
