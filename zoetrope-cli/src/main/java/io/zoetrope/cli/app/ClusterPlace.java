package io.zoetrope.cli.app;

import io.zoetrope.cli.cluster.ClusterAddress;
import io.zoetrope.cli.config.Configuration;
import io.zoetrope.cli.config.Settings;
import io.zoetrope.cli.error.UserError;
import java.net.URI;
import java.util.Optional;

/** An external cluster with the schema registry that belongs to it. */
public record ClusterPlace(ClusterAddress address, URI schemaRegistry) {
  /**
   * As configured; empty where neither is.
   *
   * @throws UserError {@code CONFIG_INVALID} where one is without the other
   */
  static Optional<ClusterPlace> find(Configuration configuration) {
    boolean hasServers = configuration.find(Settings.BOOTSTRAP_SERVERS).isPresent();
    Optional<URI> registry = configuration.find(Settings.SCHEMA_REGISTRY_URL);
    if (hasServers != registry.isPresent()) {
      throw new UserError(
          "CONFIG_INVALID",
          hasServers
              ? "--bootstrap-servers needs the URL of the cluster's schema registry as well; add --schema-registry"
              : "--schema-registry belongs to a cluster; add --bootstrap-servers, or leave both out");
    }
    return registry.map(url -> new ClusterPlace(ClusterAddress.of(configuration), url));
  }

  /**
   * As configured.
   *
   * @throws UserError {@code CONFIG_INVALID} where it isn't
   */
  static ClusterPlace of(Configuration configuration) {
    return find(configuration)
        .orElseThrow(
            () ->
                new UserError(
                    "CONFIG_INVALID",
                    "a role works on a cluster that others share; name it with --bootstrap-servers and --schema-registry"));
  }
}
