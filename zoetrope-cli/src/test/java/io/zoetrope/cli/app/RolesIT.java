package io.zoetrope.cli.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.zoetrope.cli.broker.EmbeddedBroker;
import io.zoetrope.cli.client.ApiException;
import io.zoetrope.cli.client.Run;
import io.zoetrope.cli.client.Upload;
import io.zoetrope.cli.client.ZoetropeClient;
import io.zoetrope.cli.config.Configuration;
import io.zoetrope.cli.data.DataFolder;
import io.zoetrope.cli.error.UserError;
import io.zoetrope.gateway.Gateway;
import io.zoetrope.gateway.GatewayServices;
import io.zoetrope.gateway.GatewaySettings;
import io.zoetrope.gateway.Health;
import io.zoetrope.gateway.SchemaDirectory;
import io.zoetrope.samples.Samples;
import io.zoetrope.schemas.RunDefaults;
import io.zoetrope.schemas.TopicCreation;
import io.zoetrope.schemas.Topics;
import io.zoetrope.schemas.registry.LogSchemaRegistry;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each role as if it were a process of its own, on one cluster. */
class RolesIT {
  @TempDir Path folder;

  private final OpenParts parts = new OpenParts();
  private Map<String, Object> kafka;
  private Map<String, String> common;

  @BeforeEach
  void startCluster() {
    DataFolder data = parts.add(DataFolder.open(folder.resolve("cluster")));
    EmbeddedBroker broker = parts.add(EmbeddedBroker.start(data));
    kafka = Map.of("bootstrap.servers", broker.bootstrapServers());
    Gateway registry = parts.add(registry(parts.add(LogSchemaRegistry.open(kafka))));
    common =
        Map.of(
            "bootstrap.servers",
            broker.bootstrapServers(),
            "schema.registry.url",
            "http://127.0.0.1:" + registry.port(),
            "media.store",
            folder.resolve("media").toString(),
            "cluster.secret",
            "shown-to-each-other",
            "http.port",
            "0");
  }

  @AfterEach
  void stopCluster() {
    parts.close();
  }

  @Test
  void shouldSayThatTopicsAreMissing() {
    assertThatThrownBy(() -> start(RoleProcess.Kind.SPLITTER, Map.of()))
        .isInstanceOfSatisfying(
            UserError.class, e -> assertThat(e.code()).isEqualTo("TOPICS_MISSING"))
        .hasMessageContaining("`zoetrope topics create --bootstrap-servers");
  }

  @Test
  void shouldDetectWithEachRoleByItself() throws Exception {
    // Given everything but a detector
    try (Admin admin = Admin.create(kafka)) {
      TopicCreation.ensure(admin, Topics.all());
    }
    RoleProcess topology =
        start(RoleProcess.Kind.TOPOLOGY, Map.of("data.dir", folder.resolve("one").toString()));
    RoleProcess gateway =
        start(RoleProcess.Kind.GATEWAY, Map.of("topology.urls", topology.url().toString()));
    RoleProcess splitter = start(RoleProcess.Kind.SPLITTER, Map.of());
    await().until(() -> topology.ready() && gateway.ready() && splitter.ready());
    Path video = Samples.copyVideo(folder);
    ZoetropeClient client = new ZoetropeClient(gateway.url());
    assertThatThrownBy(() -> client.upload(video, "shapes.mp4", Map.of()))
        .isInstanceOfSatisfying(
            ApiException.class, e -> assertThat(e.code()).isEqualTo("MODEL_AWAITED"));

    // When one comes
    RoleProcess detector = start(RoleProcess.Kind.DETECTOR, Map.of());
    await().until(() -> !client.models().isEmpty());
    Upload upload = client.upload(video, "shapes.mp4", Map.of());

    // Then a run that names no model is its
    String runId = upload.runs().get(0).runId();
    await().until(() -> client.run(upload.videoId(), runId).status() == Run.Status.COMPLETE);
    assertThat(client.run(upload.videoId(), runId).frames().processed())
        .isEqualTo(Samples.VIDEO_FRAMES);
    assertThat(upload.runs().get(0).modelId()).isEqualTo(client.models().get(0));
    for (RoleProcess role : new RoleProcess[] {topology, splitter, detector, gateway}) {
      assertThat(get(role, "/health/live")).contains("\"status\":\"UP\"");
      assertThat(get(role, "/health/ready")).contains("\"status\":\"UP\"");
      assertThat(role.failure()).isEmpty();
    }
    assertThat(get(detector, "/metrics")).contains("zoetrope_detector");
  }

  private RoleProcess start(RoleProcess.Kind kind, Map<String, String> own) {
    Map<String, String> flags = new HashMap<>(common);
    flags.putAll(own);
    Configuration configuration = Configuration.load(flags, Map.of(), Optional.empty(), folder);
    return parts.add(RoleProcess.start(kind, configuration, new PrintWriter(new StringWriter())));
  }

  private static ConditionFactory await() {
    return Awaitility.await().atMost(Duration.ofMinutes(5));
  }

  private static String get(RoleProcess role, String path) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create(role.url() + path)).build(), BodyHandlers.ofString())
        .body();
  }

  /** A gateway of which only the registry's routes are asked. */
  private static Gateway registry(LogSchemaRegistry schemas) {
    return new Gateway(
        new GatewaySettings("127.0.0.1", 0, new RunDefaults("none", 0, 0, 0), Map.of()),
        new GatewayServices(
            null,
            null,
            null,
            new Health(Map.of(), Map.of()),
            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT),
            SchemaDirectory.of(schemas)));
  }
}
