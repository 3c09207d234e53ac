package io.zoetrope.cli.app;

import io.zoetrope.cli.broker.EmbeddedBroker;
import io.zoetrope.cli.data.DataFolder;
import io.zoetrope.cli.error.UserError;
import io.zoetrope.schemas.TopicCreation;
import io.zoetrope.schemas.Topics;
import io.zoetrope.schemas.registry.LogSchemaRegistry;
import io.zoetrope.schemas.registry.RestSchemaRegistry;
import io.zoetrope.schemas.registry.SchemaRegistry;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.clients.admin.Admin;

/**
 * The Kafka cluster that Zoetrope runs on, with its topics and its schema registry.
 *
 * @param kafka settings for clients
 * @param instance names this process among its like in the cluster
 * @param broker of its own; empty for an external cluster
 * @param embeddedRegistry the registry that Zoetrope itself has to serve; empty where there is
 *     another
 */
record Cluster(
    Map<String, Object> kafka,
    String instance,
    SchemaRegistry registry,
    Optional<EmbeddedBroker> broker,
    Optional<LogSchemaRegistry> embeddedRegistry) {

  /**
   * As the settings want it.
   *
   * @throws UserError {@code BROKER_FAILED}, {@code BROKER_UNREACHABLE}, {@code BROKER_TOO_OLD}
   */
  static Cluster connect(ZoetropeSettings settings, DataFolder folder, OpenParts parts) {
    return settings
        .cluster()
        .map(c -> external(c.bootstrapServers(), c.schemaRegistry(), settings.kafka()))
        .orElseGet(() -> embedded(folder, settings.kafka(), parts));
  }

  /**
   * Does nothing, unless the embedded broker has failed.
   *
   * @throws IllegalStateException that says why
   */
  void check() {
    broker.ifPresent(
        b -> {
          var fault = b.fault().toCompletableFuture();
          if (fault.isDone()) {
            throw new IllegalStateException("the embedded broker gave up", fault.join());
          }
        });
  }

  /**
   * Starts a broker in this process. There is one such instance by its nature, so its name is
   * fixed.
   */
  private static Cluster embedded(
      DataFolder folder, Map<String, String> settings, OpenParts parts) {
    EmbeddedBroker broker = parts.add(EmbeddedBroker.start(folder));
    Map<String, Object> kafka = clients(settings, broker.bootstrapServers());
    LogSchemaRegistry registry = parts.add(LogSchemaRegistry.open(kafka));
    createTopics(kafka);
    return new Cluster(kafka, "embedded", registry, Optional.of(broker), Optional.of(registry));
  }

  private static Cluster external(String servers, URI registry, Map<String, String> settings) {
    Map<String, Object> kafka = clients(settings, servers);
    try (Admin admin = Admin.create(kafka)) {
      ClusterCheck.requireTransactions(admin, servers);
    }
    createTopics(kafka);
    return new Cluster(
        kafka,
        UUID.randomUUID().toString(),
        new RestSchemaRegistry(registry),
        Optional.empty(),
        Optional.empty());
  }

  private static Map<String, Object> clients(Map<String, String> settings, String servers) {
    Map<String, Object> kafka = new HashMap<>(settings);
    kafka.put("bootstrap.servers", servers);
    return Map.copyOf(kafka);
  }

  private static void createTopics(Map<String, Object> kafka) {
    try (Admin admin = Admin.create(kafka)) {
      TopicCreation.ensure(admin, Topics.all());
    }
  }
}
