package io.zoetrope.integration;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.zoetrope.cli.broker.EmbeddedBroker;
import io.zoetrope.cli.data.DataFolder;
import io.zoetrope.integration.Application.Running;
import io.zoetrope.samples.Samples;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Clients of another language and registries of another make: what they write Zoetrope reads, and
 * what Zoetrope writes they read, to the last bit. Run with {@code -Pinterop}; it fetches npm
 * packages, and Apicurio Registry, which wants Java 21.
 */
class OtherClientsInterop {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path VIDEO_SUBMITTED =
      Path.of("../schemas/released/0.1/zoetrope.videos.v1-value.avsc").toAbsolutePath();
  private static final String VIDEOS = "zoetrope.videos.v1";
  private static final String DETECTIONS = "zoetrope.detections.v1";

  private static NodeScripts scripts;

  @TempDir Path folder;

  @BeforeAll
  static void installClients() throws Exception {
    scripts = NodeScripts.install();
  }

  @Test
  void shouldUnderstandEachOtherThroughOurOwnRegistry() throws Exception {
    int port = Service.freePort();
    try (Running up = new Application(folder).start(up(port))) {
      new Service(port).awaitReady();

      submitAndCompare(port, "127.0.0.1:" + brokerPort(), "http://127.0.0.1:" + port);

      assertThat(up.process().isAlive()).isTrue();
    }
  }

  @Test
  void shouldUnderstandEachOtherThroughApicuriosRegistry() throws Exception {
    int port = Service.freePort();
    try (ApicurioRegistry registry = ApicurioRegistry.start(folder);
        DataFolder data = DataFolder.open(folder.resolve("cluster"));
        EmbeddedBroker broker = EmbeddedBroker.start(data);
        Running up =
            new Application(folder)
                .start(
                    up(
                        port,
                        "--bootstrap-servers",
                        broker.bootstrapServers(),
                        "--schema-registry",
                        registry.url()))) {
      new Service(port).awaitReady();

      submitAndCompare(port, broker.bootstrapServers(), registry.url());

      assertThat(up.process().isAlive()).isTrue();
    }
  }

  private void submitAndCompare(int port, String brokers, String registry) throws Exception {
    // Given
    Service service = new Service(port);
    Map<String, String> cluster =
        Map.of("BOOTSTRAP_SERVERS", brokers, "SCHEMA_REGISTRY_URL", registry);
    Path event = folder.resolve("event.json");
    JSON.writeValue(
        event.toFile(),
        Map.of(
            "submissionId",
            "from-node",
            "location",
            Samples.copyVideo(Files.createDirectories(folder.resolve("videos"))).toUri().toString(),
            "name",
            "Häuser.mp4",
            "attributes",
            Map.of("camera", "4"),
            "runs",
            List.of()));

    // When
    scripts.run(
        cluster, "publish.mjs", VIDEOS, "from-node", VIDEO_SUBMITTED.toString(), event.toString());
    Service.await().until(() -> !service.json("/v1/videos").path("videos").isEmpty());
    JsonNode video = service.json("/v1/videos").at("/videos/0");
    String run =
        "/v1/videos/%s/runs/%s"
            .formatted(video.path("videoId").asText(), video.at("/runs/0/runId").asText());
    Service.await().until(() -> service.json(run).path("status").asText().equals("COMPLETE"));
    int batches = service.json(run).at("/batches/expected").asInt();
    List<JsonNode> records =
        scripts.run(cluster, "read.mjs", DETECTIONS, Integer.toString(batches));

    // Then
    assertThat(video.at("/submissions/0/name").asText()).isEqualTo("Häuser.mp4");
    assertThat(video.at("/submissions/0/attributes/camera").asText()).isEqualTo("4");
    assertThat(boxesRead(records))
        .hasSizeGreaterThan(100)
        .isEqualTo(boxesServed(service.frames(run)));
  }

  /** What was found, as numbers: frame, class, confidence, x, y, width, height. */
  private static List<List<Number>> boxesRead(List<JsonNode> records) {
    List<List<Number>> boxes = new ArrayList<>();
    records.stream()
        .map(record -> record.path("value"))
        .sorted(Comparator.comparingInt(batch -> batch.path("sequence").asInt()))
        .flatMap(batch -> stream(batch.path("frames")))
        .forEach(
            frame ->
                frame
                    .path("detections")
                    .forEach(
                        found ->
                            boxes.add(
                                List.of(
                                    frame.path("frame").asInt(),
                                    found.path("classId").asInt(),
                                    (float) found.path("confidence").asDouble(),
                                    (float) found.path("x").asDouble(),
                                    (float) found.path("y").asDouble(),
                                    (float) found.path("width").asDouble(),
                                    (float) found.path("height").asDouble()))));
    return boxes;
  }

  private static List<List<Number>> boxesServed(List<JsonNode> frames) {
    List<List<Number>> boxes = new ArrayList<>();
    for (JsonNode frame : frames) {
      for (JsonNode found : frame.path("detections")) {
        JsonNode box = found.path("box");
        boxes.add(
            List.of(
                frame.path("frame").asInt(),
                found.path("classId").asInt(),
                (float) found.path("confidence").asDouble(),
                (float) box.path(0).asDouble(),
                (float) box.path(1).asDouble(),
                (float) box.path(2).asDouble(),
                (float) box.path(3).asDouble()));
      }
    }
    return boxes;
  }

  private static Stream<JsonNode> stream(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false);
  }

  private String[] up(int port, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "up",
                "--data",
                "data",
                "--port",
                Integer.toString(port),
                "--media-locations",
                folder.toString()));
    arguments.addAll(List.of(more));
    return arguments.toArray(String[]::new);
  }

  /** As the data folder tells whoever wants to use the embedded broker. */
  private int brokerPort() throws IOException {
    Properties node = new Properties();
    try (Reader file = Files.newBufferedReader(folder.resolve("data/broker/node.properties"))) {
      node.load(file);
    }
    return Integer.parseInt(node.getProperty("broker.port"));
  }
}
