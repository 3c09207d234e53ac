package io.zoetrope.integration;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import io.zoetrope.integration.Application.Finished;
import io.zoetrope.integration.Application.Running;
import io.zoetrope.samples.Samples;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models by name, from a server on loopback to the detections of a running service. */
class ModelsIT {
  private static final List<String> FOLDERS =
      List.of("--catalogue", "catalogue.json", "--models-folder", "models");

  @TempDir Path folder;
  private HttpServer server;
  private byte[] model;
  private final AtomicInteger pulls = new AtomicInteger();

  @BeforeEach
  void serveAModel() throws Exception {
    Samples.copyVideo(folder);
    Path file = Samples.copyModel(folder);
    model = Files.readAllBytes(file);
    Files.delete(file);
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            pulls.incrementAndGet();
            exchange.sendResponseHeaders(200, model.length);
            exchange.getResponseBody().write(model);
          }
        });
    server.start();
    Files.writeString(
        folder.resolve("catalogue.json"),
        "{\"models\": [{\"name\": \"shapes\", \"url\": \"http://127.0.0.1:%d/any\", \"sha256\": \"unpinned\", \"licence\": \"MIT\"}]}"
            .formatted(server.getAddress().getPort()));
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void shouldPullAModelOnFirstUseAndKnowItByItsNameFromThenOn() throws Exception {
    Application application = new Application(folder);
    int port = Service.freePort();
    String modelId =
        "shapes-"
            + HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(model))
                .substring(0, 12);

    try (Running up =
        application.start(with("up", "--port", Integer.toString(port), "--model", "shapes"))) {
      Service service = new Service(port);
      service.awaitReady();
      assertThat(up.err()).contains("Pulling shapes", "licence  MIT", "Pulled " + modelId);
      assertThat(service.json("/v1/models").path("default").asText()).isEqualTo(modelId);

      Finished detected =
          application.run(
              "detect",
              "demo.mp4",
              "--json",
              "--model",
              "shapes",
              "--server",
              "http://127.0.0.1:" + port);

      assertThat(detected.status()).as(detected.err()).isZero();
      JsonNode video = new ObjectMapper().readTree(detected.out()).at("/videos/0");
      assertThat(video.path("modelId").asText()).isEqualTo(modelId);
      assertThat(video.at("/frames/processed").asInt()).isEqualTo(Samples.VIDEO_FRAMES);
    }
    Finished again = application.run(with("models", "pull", "shapes"));

    assertThat(again.out()).isEqualTo(modelId + "  " + folder.resolve("models/shapes.onnx") + "\n");
    assertThat(pulls).hasValue(1);
  }

  private static String[] with(String... arguments) {
    return Stream.concat(List.of(arguments).stream(), FOLDERS.stream()).toArray(String[]::new);
  }
}
