package io.zoetrope.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.zoetrope.cli.client.ZoetropeClient;
import io.zoetrope.gateway.Gateway;
import io.zoetrope.integration.RegistryServer;
import io.zoetrope.samples.Samples;
import io.zoetrope.schemas.TopicCreation;
import io.zoetrope.schemas.Topics;
import io.zoetrope.schemas.registry.LogSchemaRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.Uuid;
import org.awaitility.Awaitility;

/**
 * A cluster as an operator has it: brokers, a schema registry, and the roles, each a process of its
 * own. The registry alone lives in the test's process.
 */
final class Installation implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final String SECRET = "of-this-test";

  private final Path folder;
  private final List<KafkaNode> brokers = new ArrayList<>();
  private final Map<String, Role> roles = new HashMap<>();
  private final Map<String, URI> urls = new HashMap<>();
  private final Map<String, Object> kafka;
  private final LogSchemaRegistry schemas;
  private final Gateway registry;
  private final Path model;

  /** Brokers and registry; no role yet. */
  private Installation(Path folder, List<KafkaNode> brokers) throws Exception {
    this.folder = folder;
    this.brokers.addAll(brokers);
    this.kafka =
        Map.of(
            "bootstrap.servers",
            String.join(",", brokers.stream().map(KafkaNode::address).toList()));
    this.model = Samples.copyModel(folder);
    brokers.forEach(KafkaNode::start);
    awaitBrokers();
    try (Admin admin = Admin.create(kafka)) {
      TopicCreation.ensure(admin, Topics.all());
    }
    this.schemas = LogSchemaRegistry.open(kafka);
    this.registry = RegistryServer.of(schemas);
  }

  /** With so many brokers, that are up. */
  static Installation start(Path folder, int brokers) throws Exception {
    Files.createDirectories(folder);
    String clusterId = Uuid.randomUuid().toString();
    KafkaNode.Ports ports = KafkaNode.Ports.free(brokers);
    List<KafkaNode> nodes = new ArrayList<>();
    for (int id = 1; id <= brokers; id++) {
      nodes.add(KafkaNode.layOut(folder, clusterId, id, ports));
    }
    return new Installation(folder, nodes);
  }

  List<KafkaNode> brokers() {
    return brokers;
  }

  /** For clients of the cluster. */
  Map<String, Object> kafka() {
    return kafka;
  }

  LogSchemaRegistry schemas() {
    return schemas;
  }

  /** Waits until every broker answers. */
  void awaitBrokers() {
    Awaitility.await()
        .atMost(PATIENCE)
        .ignoreExceptionsInstanceOf(ExecutionException.class)
        .until(
            () -> {
              try (Admin admin = Admin.create(kafka)) {
                return admin.describeCluster().nodes().get().size() == brokers.size();
              }
            });
  }

  Role splitter() {
    return role("splitter", "splitter", 128, List.of());
  }

  /** Of the bundled model. */
  Role detector(int number) {
    return detector("detector-" + number, model);
  }

  /** On one thread. */
  Role detector(String name, Path model) {
    return role(name, "detector", 192, List.of("--model", model.toString(), "--workers", "1"));
  }

  Role topology(int number) {
    String name = "topology-" + number;
    return role(
        name,
        "topology",
        256,
        List.of("--data", state(number).toString(), "--standbys", "1", "--advertise", Role.URL));
  }

  /** The state directory of a topology. */
  Path state(int number) {
    return folder.resolve("topology-" + number);
  }

  /** On one thread, over topologies that have been started; the gateway knows where it will be. */
  Role assembler(int number, int... topologies) {
    String name = "assembler-" + number;
    return role(
        name,
        "assembler",
        256,
        List.of(
            "--topology",
            urls(topologies),
            "--data",
            folder.resolve(name).toString(),
            "--assembler-workers",
            "1"));
  }

  /** Where an assembler has what isn't finished. */
  Path unfinished(int number) {
    return folder.resolve("assembler-" + number).resolve("assembler");
  }

  /** Over topologies that have been started. */
  Role gateway(int... topologies) {
    String assemblers =
        Stream.of("assembler-1", "assembler-2")
            .map(name -> url(name).toString())
            .collect(Collectors.joining(","));
    return role(
        "gateway",
        "gateway",
        192,
        List.of("--topology", urls(topologies), "--assembler", assemblers));
  }

  private String urls(int... topologies) {
    return IntStream.of(topologies)
        .mapToObj(number -> topology(number).url().toString())
        .collect(Collectors.joining(","));
  }

  /** Starts again what is gone, and waits until all are ready. */
  void bringEverybodyBack() {
    roles.values().stream().filter(role -> !role.process().isAlive()).forEach(Role::start);
    roles.values().forEach(Role::awaitReady);
  }

  /**
   * @throws AssertionError where a role has ended by itself: who waits for what comes back is still
   *     there
   */
  void requireEverybody() {
    assertThat(roles.values()).allMatch(role -> role.process().isAlive());
  }

  /** A role that isn't to come back. */
  void retire(Role role) {
    roles.values().remove(role);
    role.close();
  }

  ZoetropeClient client() {
    return new ZoetropeClient(gatewayUrl());
  }

  /** Where the HTTP API is. */
  URI gatewayUrl() {
    return roles.get("gateway").url();
  }

  /** Any command of the application that knows the cluster. */
  ChildProcess command(String name, List<String> arguments) {
    List<String> all = new ArrayList<>(arguments);
    all.addAll(cluster());
    return ChildProcess.start(
        name, folder, Java.command(256, "io.zoetrope.cli.Main", all), environment());
  }

  private Role role(String name, String command, int heapMegabytes, List<String> arguments) {
    return roles.computeIfAbsent(
        name,
        unknown -> {
          List<String> all = new ArrayList<>(List.of(command));
          all.addAll(arguments);
          all.addAll(cluster());
          return new Role(name, folder, url(name), heapMegabytes, all, environment());
        });
  }

  /** Where a role is to listen, once and for all. */
  private URI url(String name) {
    return urls.computeIfAbsent(
        name,
        unknown -> {
          try {
            return URI.create("http://127.0.0.1:" + FreePorts.one());
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  private List<String> cluster() {
    return List.of(
        "--bootstrap-servers",
        kafka.get("bootstrap.servers").toString(),
        "--schema-registry",
        "http://127.0.0.1:" + registry.port());
  }

  private Map<String, String> environment() {
    return Map.of(
        "ZOETROPE_MEDIA_STORE",
        folder.resolve("media").toUri().toString(),
        "ZOETROPE_CLUSTER_SECRET",
        SECRET,
        "ZOETROPE_RUN_STALL_TIMEOUT",
        "20s");
  }

  @Override
  public void close() {
    roles.values().forEach(Role::close);
    registry.close();
    schemas.close();
    brokers.forEach(KafkaNode::close);
  }
}
