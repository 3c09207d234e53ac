package io.zoetrope.cli.cluster;

import io.zoetrope.cli.config.Configuration;
import io.zoetrope.cli.config.Settings;
import io.zoetrope.cli.error.UserError;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;

/**
 * Where a cluster is, and how it is talked to.
 *
 * @param servers for {@code bootstrap.servers}
 * @param settings for every client
 */
public record ClusterAddress(String servers, Map<String, String> settings) {
  /**
   * As configured.
   *
   * @throws UserError {@code CONFIG_INVALID} where there is none
   */
  public static ClusterAddress of(Configuration configuration) {
    return new ClusterAddress(
        configuration
            .find(Settings.BOOTSTRAP_SERVERS)
            .orElseThrow(
                () ->
                    new UserError(
                        "CONFIG_INVALID",
                        "there is no cluster to work on; name it with --bootstrap-servers")),
        configuration.kafka());
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
          "CONFIG_INVALID",
          "no client of the Kafka cluster at %s can be made (%s); check --bootstrap-servers and the settings that begin with kafka."
              .formatted(servers, reason.getMessage()),
          e);
    }
  }
}
