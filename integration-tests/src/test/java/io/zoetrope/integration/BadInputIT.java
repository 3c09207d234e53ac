package io.zoetrope.integration;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.zoetrope.integration.Application.Finished;
import io.zoetrope.integration.Application.Running;
import io.zoetrope.samples.Samples;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What people get wrong: one sentence with a stable code, exit status 2, and nothing else is
 * harmed.
 */
class BadInputIT {
  @TempDir Path folder;
  private Application application;
  private Path video;

  @BeforeEach
  void prepare() throws Exception {
    application = new Application(folder);
    video = Samples.copyVideo(folder);
    Files.writeString(folder.resolve("text.onnx"), "no model");
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "USAGE_INVALID   | detect",
        "MODEL_INVALID   | detect demo.mp4 --model text.onnx",
        "MODEL_NOT_FOUND | detect demo.mp4 --model missing.onnx",
        "DATA_FOLDER_UNWRITABLE | up --data text.onnx/data"
      })
  void shouldSayInOneSentenceWhatIsWrong(String code, String command) throws Exception {
    Finished finished = application.run(command.split(" "));

    assertThat(finished.status()).isEqualTo(2);
    assertThat(finished.err().lines().filter(line -> line.startsWith("zoetrope: ")))
        .singleElement()
        .asString()
        .startsWith("zoetrope: " + code + ": ");
    assertThat(finished.err() + finished.out()).doesNotContain("\tat ");
  }

  @Test
  void shouldStillRunTheOtherVideosOfTheCommand() throws Exception {
    Files.writeString(folder.resolve("text.mp4"), "no video");
    Files.createFile(folder.resolve("empty.mp4"));
    byte[] whole = Files.readAllBytes(video);
    Files.write(folder.resolve("cut.mp4"), Arrays.copyOf(whole, whole.length / 3));

    Finished finished =
        application.run(
            "detect", "missing.mp4", "text.mp4", "empty.mp4", "cut.mp4", "demo.mp4", "--json");

    assertThat(finished.status()).isEqualTo(2);
    JsonNode videos = new ObjectMapper().readTree(finished.out()).path("videos");
    assertThat(videos.findValuesAsText("status"))
        .containsExactly("REJECTED", "REJECTED", "REJECTED", "INCOMPLETE", "COMPLETE");
    assertThat(videos.findValues("error"))
        .extracting(error -> error.path("code").asText())
        .containsExactly("FILE_UNREADABLE", "MEDIA_UNRECOGNISED", "UPLOAD_EMPTY");
    assertThat(videos.path(3).path("readError").asText()).contains("the file ends after");
    assertThat(videos.path(4).at("/frames/processed").asInt()).isEqualTo(Samples.VIDEO_FRAMES);
    assertThat(finished.err()).doesNotContain("\tat ");
  }

  @Test
  void shouldRefuseAPortOrADataFolderThatIsInUse() throws Exception {
    int port = Service.freePort();
    try (Running up = application.start("up", "--data", "data", "--port", Integer.toString(port))) {
      Service service = new Service(port);
      service.awaitReady();

      Finished sameFolder = application.run("up", "--data", "data", "--port", "0");
      Finished samePort =
          application.run("up", "--data", "other", "--port", Integer.toString(port));

      assertThat(sameFolder.status()).isEqualTo(2);
      assertThat(sameFolder.err()).contains("zoetrope: DATA_FOLDER_IN_USE: ");
      assertThat(samePort.status()).isEqualTo(2);
      assertThat(samePort.err()).contains("zoetrope: PORT_IN_USE: ");
      assertThat(service.get("/health/ready").statusCode()).isEqualTo(200);

      cutOffAnUpload(port);
      Service.await().until(() -> files("data/media").isEmpty());
      assertThat(service.json("/v1/videos").path("videos")).isEmpty();
      assertThat(up.process().isAlive()).isTrue();
    }
  }

  /** Announces a video, sends a part of it, and hangs up. */
  private void cutOffAnUpload(int port) throws Exception {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      OutputStream out = socket.getOutputStream();
      String head =
          "PUT /v1/videos?name=cut.mp4 HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: %d\r\n\r\n";
      out.write(head.formatted(Files.size(video)).getBytes(StandardCharsets.US_ASCII));
      out.write(Files.readAllBytes(video), 0, 500_000);
      out.flush();
      Service.await().until(() -> !files("data/media").isEmpty());
    }
  }

  private List<Path> files(String below) throws Exception {
    try (Stream<Path> all = Files.walk(folder.resolve(below))) {
      return all.filter(Files::isRegularFile).toList();
    }
  }
}
