package io.zoetrope.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.zoetrope.cli.client.ApiException;
import io.zoetrope.cli.client.Run;
import io.zoetrope.cli.client.Upload;
import io.zoetrope.cli.client.ZoetropeClient;
import io.zoetrope.gateway.Gateway;
import io.zoetrope.integration.Application.Finished;
import io.zoetrope.integration.Application.Running;
import io.zoetrope.samples.Samples;
import io.zoetrope.schemas.registry.LogSchemaRegistry;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A cluster and a schema registry that the application didn't start. Roles come to it as users of
 * their own, that may do what the documentation says, and nothing else.
 */
class ExternalClusterIT {
  private static final String VOLUMES = "/var/lib/zoetrope";
  private static final int TERMINATED = 143;
  private static final int USER_ERROR = 2;
  private static final String STRANGER = "stranger";
  private static final List<String> USERS =
      List.of("splitter", "detector", "topology", "assembler", "gateway");

  @TempDir static Path folder;

  private static GuardedCluster cluster;
  private static LogSchemaRegistry schemas;
  private static Gateway registry;

  @BeforeAll
  static void start() throws Exception {
    cluster =
        GuardedCluster.start(
            Files.createDirectory(folder.resolve("cluster")),
            Stream.concat(USERS.stream(), Stream.of(STRANGER)).toList());
    schemas = LogSchemaRegistry.open(Map.of("bootstrap.servers", cluster.openAddress()));
    registry = RegistryServer.of(schemas);
  }

  @AfterAll
  static void stop() throws IOException {
    registry.close();
    schemas.close();
    cluster.close();
  }

  @Test
  void shouldDetectOnAnotherClusterWithItsRegistry() throws Exception {
    Finished finished =
        new Application(Files.createDirectory(folder.resolve("detect")))
            .run(
                "detect",
                Samples.copyVideo(folder).toString(),
                "--bootstrap-servers",
                cluster.openAddress(),
                "--schema-registry",
                registryUrl());

    assertThat(finished.status()).as(finished.err()).isZero();
    assertThat(finished.out())
        .contains("%1$d of %1$d frames processed".formatted(Samples.VIDEO_FRAMES));
    assertThat(schemas.subjects()).contains("zoetrope.videos.v1-value");
  }

  @Test
  void shouldSayWhatAUserMayNotDo() throws Exception {
    // Given topics, and a user that may only see them
    Application application = new Application(Files.createDirectory(folder.resolve("stranger")));
    Finished topics =
        application.run("topics", "create", "--bootstrap-servers", cluster.openAddress());
    assertThat(topics.status()).as(topics.err()).isZero();
    cluster.allow(
        STRANGER, ResourceType.TOPIC, "zoetrope.", PatternType.PREFIXED, AclOperation.DESCRIBE);

    // When it runs an assembler
    Map<String, String> environment = new HashMap<>(GuardedCluster.environment(STRANGER));
    environment.put("ZOETROPE_BOOTSTRAP_SERVERS", cluster.guardedAddress());
    environment.put("ZOETROPE_SCHEMA_REGISTRY_URL", registryUrl());
    environment.put("ZOETROPE_MEDIA_STORE", folder.resolve("media").toUri().toString());
    environment.put("ZOETROPE_CLUSTER_SECRET", "of-this-test");
    Finished finished =
        application.launchAndWait(
            environment, "assembler", "--topology", "http://127.0.0.1:1", "--instance", "one");

    // Then
    assertThat(finished.status()).isEqualTo(USER_ERROR);
    assertThat(finished.err())
        .isEqualTo(
            "zoetrope: NOT_AUTHORISED: this user may not read zoetrope.renders.v1, read zoetrope.segments.v1, write zoetrope.segments.v1, write zoetrope.render-events.v1, write zoetrope.assembler.dead-letter.v1, join the group zoetrope-renders, write with the transactional id zoetrope-renders-one, join the group zoetrope-segments, write with the transactional id zoetrope-segments-one on the Kafka cluster at %s; allow it with kafka-acls.sh%n"
                .formatted(cluster.guardedAddress()));
  }

  @Test
  void shouldRunAsTheComposeFileSays() throws Exception {
    // Given every role of the compose file as a plain process, after its topics
    Application application = new Application(Files.createDirectory(folder.resolve("compose")));
    Map<String, ComposeFile.Service> roles = new LinkedHashMap<>(ComposeFile.read().services());
    roles.values().removeIf(service -> !service.isRole());
    Map<String, Integer> ports = new HashMap<>();
    for (String role : roles.keySet()) {
      ports.put(role, Service.freePort());
    }
    ComposeFile.Service topics = roles.remove("topics");
    Finished made =
        application.launchAndWait(here("topics", topics, ports), words(topics.command()));
    assertThat(made.status()).as(made.err()).isZero();
    for (String user : USERS) {
      allow(user);
    }
    Map<String, Running> processes = new HashMap<>();
    try {
      for (var role : roles.entrySet()) {
        processes.put(
            role.getKey(),
            application.launch(
                here(role.getKey(), role.getValue(), ports), words(role.getValue().command())));
      }
      for (String role : roles.keySet()) {
        awaitReady(processes.get(role), new Service(ports.get(role)));
      }
      ZoetropeClient client =
          new ZoetropeClient(URI.create("http://127.0.0.1:" + ports.get("gateway")));
      Service.await().until(() -> !client.models().isEmpty());

      // When a video comes
      Upload upload =
          client.upload(Samples.copyVideo(folder), "demo.mp4", Map.of("confidence", "0.3"));

      // Then they do their work, say that they are well, and end as they are told
      String run = upload.runs().get(0).runId();
      Service.await()
          .ignoreExceptionsMatching(ExternalClusterIT::isToBeAskedAgain)
          .until(() -> client.run(upload.videoId(), run).status() == Run.Status.COMPLETE);
      assertThat(client.run(upload.videoId(), run).frames().processed())
          .isEqualTo(Samples.VIDEO_FRAMES);
      for (String role : roles.keySet()) {
        Service service = new Service(ports.get(role));
        assertThat(service.json("/health/live").path("status").asText()).isEqualTo("UP");
        assertThat(service.get("/metrics").statusCode()).isEqualTo(200);
      }
      for (Running process : processes.values()) {
        assertThat(process.terminate()).as(process.err()).isEqualTo(TERMINATED);
        assertThat(process.out()).containsPattern("is up: http://127\\.0\\.0\\.1:\\d+");
      }
    } finally {
      processes.values().forEach(Running::close);
    }
  }

  /** The two topologies may still be sharing out what they keep. */
  private static boolean isToBeAskedAgain(Throwable failure) {
    return failure instanceof ApiException answer && answer.isTransient();
  }

  private static void awaitReady(Running process, Service service) {
    Service.await()
        .ignoreExceptionsInstanceOf(IOException.class)
        .until(
            () -> {
              if (!process.process().isAlive()) {
                throw new AssertionError(process.out() + process.err());
              }
              return service.get("/health/ready").statusCode() == 200;
            });
  }

  /** The environment of a service, with hosts and folders of this test. */
  private static Map<String, String> here(
      String name, ComposeFile.Service service, Map<String, Integer> ports) {
    Map<String, String> environment = new HashMap<>(service.environment());
    environment.replaceAll(
        (key, value) -> {
          String here =
              value
                  .replace("kafka-1:9092,kafka-2:9092,kafka-3:9092", address(service))
                  .replace("http://registry:8080/apis/ccompat/v7", registryUrl())
                  .replace(VOLUMES + "/media", folder.resolve("media").toString())
                  .replace(VOLUMES, folder.resolve(name).toString());
          for (var port : ports.entrySet()) {
            here =
                here.replace(
                    "http://" + port.getKey() + ":8080", "http://127.0.0.1:" + port.getValue());
          }
          return here;
        });
    if (isUser(service)) {
      environment.putAll(GuardedCluster.environment(service.command().get(0)));
    }
    environment.put("ZOETROPE_HTTP_HOST", "127.0.0.1");
    environment.put("ZOETROPE_HTTP_PORT", Integer.toString(ports.get(name)));
    environment.replace("ZOETROPE_TOPICS_REPLICATION", "1");
    return environment;
  }

  private static boolean isUser(ComposeFile.Service service) {
    return USERS.contains(service.command().get(0));
  }

  private static String address(ComposeFile.Service service) {
    return isUser(service) ? cluster.guardedAddress() : cluster.openAddress();
  }

  /** What the page about roles says that a role's user needs. */
  private static void allow(String role) throws Exception {
    Rights.of(role).grant(cluster, role);
    if (role.equals("topology")) {
      cluster.allow(
          role,
          ResourceType.TOPIC,
          "zoetrope-topology-",
          PatternType.PREFIXED,
          AclOperation.CREATE,
          AclOperation.READ,
          AclOperation.WRITE);
      cluster.allow(
          role,
          ResourceType.GROUP,
          "zoetrope-detector-",
          PatternType.PREFIXED,
          AclOperation.DESCRIBE);
    }
  }

  private static String[] words(List<String> command) {
    return command.toArray(String[]::new);
  }

  private static String registryUrl() {
    return "http://127.0.0.1:" + registry.port();
  }
}
