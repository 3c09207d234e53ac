package io.zoetrope.cli.cluster;

import io.zoetrope.cli.broker.EmbeddedBroker;
import io.zoetrope.cli.config.Configuration;
import io.zoetrope.cli.config.Setting;
import io.zoetrope.cli.config.Settings;
import io.zoetrope.cli.error.UserError;
import io.zoetrope.schemas.DeclaredTopic;
import io.zoetrope.schemas.registry.RestSchemaRegistry;
import io.zoetrope.schemas.serdes.EventSerdes;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;

/**
 * The way to a cluster that is running: one that is named, or that of a `zoetrope up` by its data
 * folder. Its registry is the one that is named, or the one that a running service answers for.
 */
public final class ClusterAccess {
  private final ClusterAddress address;
  private final Optional<URI> registry;

  private ClusterAccess(ClusterAddress address, Optional<URI> registry) {
    this.address = address;
    this.registry = registry;
  }

  /** What says which cluster is meant. */
  public static List<Setting<?>> settings() {
    return List.of(
        Settings.BOOTSTRAP_SERVERS,
        Settings.SCHEMA_REGISTRY_URL,
        Settings.SERVER_URL,
        Settings.DATA_DIR);
  }

  /**
   * The way to the cluster that is meant, which has answered.
   *
   * @param topics that are to be read
   * @throws UserError {@code CONFIG_INVALID} where none is named; {@code BROKER_UNREACHABLE},
   *     {@code BROKER_TOO_OLD}, {@code TOPICS_MISSING}, {@code TOPIC_MISMATCH}, {@code
   *     NOT_AUTHORISED}
   */
  public static ClusterAccess of(Configuration configuration, List<DeclaredTopic> topics) {
    String servers =
        configuration
            .find(Settings.BOOTSTRAP_SERVERS)
            .or(() -> configuration.find(Settings.DATA_DIR).flatMap(EmbeddedBroker::addressOf))
            .orElseThrow(
                () ->
                    new UserError(
                        "CONFIG_INVALID",
                        "this needs a Kafka cluster to look into: name it with --bootstrap-servers, or with --data the data"
                            + " folder of a `zoetrope up` that is running"));
    ClusterAddress address = new ClusterAddress(servers, configuration.kafka());
    try (Admin admin = address.admin()) {
      ClusterCheck check = new ClusterCheck(admin, servers);
      check.requireFeatures();
      check.require(new ClusterUse(topics, List.of(), List.of()), "");
    }
    return new ClusterAccess(
        address,
        configuration
            .find(Settings.SCHEMA_REGISTRY_URL)
            .or(() -> configuration.find(Settings.SERVER_URL)));
  }

  /** Settings for clients. */
  public Map<String, Object> kafka() {
    return address.clients();
  }

  /**
   * How values are read and written.
   *
   * @throws UserError {@code CONFIG_INVALID} where no registry is named
   */
  public EventSerdes serdes() {
    return registry
        .map(url -> EventSerdes.of(new RestSchemaRegistry(url), kafka(), registry))
        .orElseThrow(
            () ->
                new UserError(
                    "CONFIG_INVALID",
                    "this needs the cluster's schema registry: name it with --schema-registry, or with --server a `zoetrope"
                        + " up` that is running"));
  }
}
