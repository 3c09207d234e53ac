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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;

/**
 * Where a Kafka cluster is, and how it is talked to.
 *
 * @param servers for {@code bootstrap.servers}
 * @param registry where its schema registry is; empty where none is named
 * @param settings for every client
 */
public record ClusterAddress(String servers, Optional<URI> registry, Map<String, String> settings) {
  private static final String CONFIG_INVALID = "CONFIG_INVALID";

  /** What says which running cluster is meant. */
  public static List<Setting<?>> ofRunning() {
    return List.of(
        Settings.BOOTSTRAP_SERVERS,
        Settings.SCHEMA_REGISTRY_URL,
        Settings.SERVER_URL,
        Settings.DATA_DIR);
  }

  /**
   * A cluster to work on, with its registry; empty where neither is configured.
   *
   * @throws UserError {@code CONFIG_INVALID} where one is without the other
   */
  public static Optional<ClusterAddress> find(Configuration configuration) {
    Optional<String> servers = configuration.find(Settings.BOOTSTRAP_SERVERS);
    Optional<URI> registry = configuration.find(Settings.SCHEMA_REGISTRY_URL);
    if (servers.isPresent() != registry.isPresent()) {
      throw new UserError(
          CONFIG_INVALID,
          servers.isPresent()
              ? "--bootstrap-servers needs the URL of the cluster's schema registry as well; add --schema-registry"
              : "--schema-registry belongs to a cluster; add --bootstrap-servers, or leave both out");
    }
    return servers.map(at -> new ClusterAddress(at, registry, configuration.kafka()));
  }

  /**
   * A cluster of which only the brokers matter.
   *
   * @throws UserError {@code CONFIG_INVALID} where there is none
   */
  public static ClusterAddress ofBrokers(Configuration configuration) {
    return new ClusterAddress(
        configuration
            .find(Settings.BOOTSTRAP_SERVERS)
            .orElseThrow(
                () ->
                    new UserError(
                        CONFIG_INVALID,
                        "there is no cluster to work on; name it with --bootstrap-servers")),
        Optional.empty(),
        configuration.kafka());
  }

  /**
   * A cluster to look into, which has answered: one that is named, or that of a {@code zoetrope up}
   * by its data folder. Its registry is the one that is named, or the one that a running service
   * answers for.
   *
   * @param topics that are to be read
   * @throws UserError {@code CONFIG_INVALID} where none is named; else as {@link ClusterCheck}
   */
  public static ClusterAddress ofRunning(Configuration configuration, List<DeclaredTopic> topics) {
    String servers =
        configuration
            .find(Settings.BOOTSTRAP_SERVERS)
            .or(() -> configuration.find(Settings.DATA_DIR).flatMap(EmbeddedBroker::addressOf))
            .orElseThrow(
                () ->
                    new UserError(
                        CONFIG_INVALID,
                        "this needs a Kafka cluster to look into: name it with --bootstrap-servers, or with --data the data"
                            + " folder of a `zoetrope up` that is running"));
    Optional<URI> registry =
        configuration
            .find(Settings.SCHEMA_REGISTRY_URL)
            .or(() -> configuration.find(Settings.SERVER_URL));
    ClusterAddress address = new ClusterAddress(servers, registry, configuration.kafka());
    try (Admin admin = address.admin()) {
      ClusterCheck check = new ClusterCheck(admin, servers);
      check.requireFeatures();
      check.require(new ClusterUse(topics, List.of(), List.of()), "");
    }
    return address;
  }

  /** Settings for clients, {@code bootstrap.servers} among them. */
  public Map<String, Object> clients() {
    Map<String, Object> clients = new HashMap<>(settings);
    clients.put("bootstrap.servers", servers);
    return Map.copyOf(clients);
  }

  /**
   * A client for the caller to close; nothing is asked of the cluster yet.
   *
   * @throws UserError {@code CONFIG_INVALID} where Kafka can't make one of these settings
   */
  public Admin admin() {
    try {
      return Admin.create(clients());
    } catch (KafkaException e) {
      Throwable reason = e.getCause() == null ? e : e.getCause();
      throw new UserError(
          CONFIG_INVALID,
          "no client of the Kafka cluster at %s can be made (%s); check --bootstrap-servers and the settings that begin with kafka."
              .formatted(servers, reason.getMessage()),
          e);
    }
  }

  /**
   * How values are read and written.
   *
   * @throws UserError {@code CONFIG_INVALID} where no registry is named
   */
  public EventSerdes serdes() {
    return registry
        .map(url -> EventSerdes.of(new RestSchemaRegistry(url), clients(), registry))
        .orElseThrow(
            () ->
                new UserError(
                    CONFIG_INVALID,
                    "this needs the cluster's schema registry: name it with --schema-registry, or with --server a `zoetrope"
                        + " up` that is running"));
  }
}
