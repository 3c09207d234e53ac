package io.zoetrope.cli.app;

import io.zoetrope.cli.broker.EmbeddedBroker;
import io.zoetrope.cli.cluster.ClusterAddress;
import io.zoetrope.cli.cluster.ClusterCheck;
import io.zoetrope.cli.cluster.ClusterUse;
import io.zoetrope.cli.cluster.GroupTimeouts;
import io.zoetrope.cli.data.DataFolder;
import io.zoetrope.cli.error.UserError;
import io.zoetrope.schemas.TopicCreation;
import io.zoetrope.schemas.Topics;
import io.zoetrope.schemas.registry.LogSchemaRegistry;
import io.zoetrope.schemas.serdes.EventSerdes;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.admin.Admin;

/**
 * The Kafka cluster that Zoetrope runs on, with its topics and its schema registry.
 *
 * @param kafka settings for clients
 * @param instance names this process among its like in the cluster
 * @param serdes against the cluster's registry
 * @param broker of its own; empty for an external cluster
 * @param embeddedRegistry the registry that Zoetrope itself has to serve; empty where there is
 *     another
 * @param notes what its user should know of it, in sentences
 */
record Cluster(
    Map<String, Object> kafka,
    String instance,
    EventSerdes serdes,
    Optional<EmbeddedBroker> broker,
    Optional<LogSchemaRegistry> embeddedRegistry,
    List<String> notes) {

  /**
   * As the settings want it, with every topic that there has to be.
   *
   * @throws UserError {@code BROKER_FAILED}, {@code BROKER_UNREACHABLE}, {@code BROKER_TOO_OLD}
   */
  static Cluster connect(ZoetropeSettings settings, DataFolder folder, OpenParts parts) {
    return settings
        .cluster()
        .map(address -> external(address, settings.instance(), settings.replication()))
        .orElseGet(() -> embedded(folder, settings.kafka(), parts));
  }

  /**
   * Somebody else's cluster, which has all that {@code use} takes.
   *
   * @throws UserError {@code BROKER_UNREACHABLE}, {@code BROKER_TOO_OLD}, {@code TOPICS_MISSING},
   *     {@code TOPIC_MISMATCH}, {@code NOT_AUTHORISED}
   */
  static Cluster join(ClusterAddress address, Optional<String> instance, ClusterUse use) {
    try (Admin admin = address.admin()) {
      ClusterCheck check = new ClusterCheck(admin, address.servers());
      check.requireFeatures();
      String name = instance.orElseGet(Cluster::randomName);
      check.require(use, name);
      return of(address, name, new GroupTimeouts(admin).shorten(use.groups()));
    }
  }

  /** Why the embedded broker can't go on, in words; empty while it can, and where there is none. */
  Optional<String> failure() {
    return broker
        .map(embedded -> embedded.fault().toCompletableFuture())
        .filter(CompletableFuture::isDone)
        .map(fault -> "the embedded broker gave up: " + fault.join().getMessage());
  }

  /**
   * Starts a broker in this process. There is one such instance by its nature, so its name is
   * fixed.
   */
  private static Cluster embedded(
      DataFolder folder, Map<String, String> settings, OpenParts parts) {
    EmbeddedBroker broker = parts.add(EmbeddedBroker.start(folder));
    Map<String, Object> kafka =
        new ClusterAddress(broker.bootstrapServers(), Optional.empty(), settings).clients();
    LogSchemaRegistry registry = parts.add(LogSchemaRegistry.open(kafka));
    try (Admin admin = Admin.create(kafka)) {
      TopicCreation.ensure(admin, Topics.all());
    }
    return new Cluster(
        kafka,
        "embedded",
        EventSerdes.of(registry, kafka, Optional.empty()),
        Optional.of(broker),
        Optional.of(registry),
        List.of());
  }

  private static Cluster external(
      ClusterAddress address, Optional<String> instance, Optional<Integer> replicas) {
    try (Admin admin = address.admin()) {
      new ClusterCheck(admin, address.servers()).requireFeatures();
      TopicCreation.ensure(admin, Topics.all(), replicas);
    }
    return of(address, instance.orElseGet(Cluster::randomName), List.of());
  }

  private static String randomName() {
    return UUID.randomUUID().toString();
  }

  private static Cluster of(ClusterAddress address, String instance, List<String> notes) {
    return new Cluster(
        address.clients(), instance, address.serdes(), Optional.empty(), Optional.empty(), notes);
  }
}
