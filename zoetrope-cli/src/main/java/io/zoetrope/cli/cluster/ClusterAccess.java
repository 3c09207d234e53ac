package io.zoetrope.cli.cluster;

import io.zoetrope.cli.broker.EmbeddedBroker;
import io.zoetrope.cli.config.Configuration;
import io.zoetrope.cli.config.Setting;
import io.zoetrope.cli.config.Settings;
import io.zoetrope.cli.error.UserError;
import io.zoetrope.schemas.registry.RestSchemaRegistry;
import io.zoetrope.schemas.serdes.EventSerdes;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;

/**
 * The way to a cluster that is running: one that is named, or that of a `zoetrope up` by its data
 * folder. Its registry is the one that is named, or the one that a running service answers for.
 */
public final class ClusterAccess {
  private static final int ANSWER_SECONDS = 20;

  private final Map<String, Object> kafka;
  private final Optional<URI> registry;

  private ClusterAccess(Map<String, Object> kafka, Optional<URI> registry) {
    this.kafka = Map.copyOf(kafka);
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
   * @throws UserError {@code CONFIG_INVALID} where none is named; {@code BROKER_UNREACHABLE}
   */
  public static ClusterAccess of(Configuration configuration) {
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
    Map<String, Object> kafka = new HashMap<>(configuration.kafka());
    kafka.put("bootstrap.servers", servers);
    requireAnswer(kafka, servers);
    return new ClusterAccess(
        kafka,
        configuration
            .find(Settings.SCHEMA_REGISTRY_URL)
            .or(() -> configuration.find(Settings.SERVER_URL)));
  }

  /** Settings for clients. */
  public Map<String, Object> kafka() {
    return kafka;
  }

  /**
   * How values are read and written.
   *
   * @throws UserError {@code CONFIG_INVALID} where no registry is named
   */
  public EventSerdes serdes() {
    return registry
        .map(url -> new EventSerdes(new RestSchemaRegistry(url)))
        .orElseThrow(
            () ->
                new UserError(
                    "CONFIG_INVALID",
                    "this needs the cluster's schema registry: name it with --schema-registry, or with --server a `zoetrope"
                        + " up` that is running"));
  }

  private static void requireAnswer(Map<String, Object> kafka, String servers) {
    try (Admin admin = Admin.create(kafka)) {
      admin.describeCluster().clusterId().get(ANSWER_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new UserError(
          "BROKER_UNREACHABLE",
          "no Kafka cluster answers at " + servers + "; check --bootstrap-servers or --data",
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UserError("INTERRUPTED", "interrupted while asking the Kafka cluster", e);
    }
  }
}
