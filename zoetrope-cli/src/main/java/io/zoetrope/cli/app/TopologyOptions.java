package io.zoetrope.cli.app;

import io.zoetrope.cli.config.Configuration;
import io.zoetrope.cli.config.Settings;
import io.zoetrope.cli.error.UserError;
import io.zoetrope.gateway.cluster.ClusterSecret;
import io.zoetrope.topology.TopologySettings;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How the topology is run.
 *
 * @param advertised where other processes reach it; empty where it is the only one
 * @param secret that they show each other; empty where nobody asks from outside
 * @param stallTimeout time without a sign of life after which a run's batches are asked for again
 * @param standbys further instances that keep a copy of each store
 * @param replication replicas of the changelogs; empty for what the brokers choose
 */
public record TopologyOptions(
    Optional<URI> advertised,
    Optional<ClusterSecret> secret,
    Duration stallTimeout,
    int standbys,
    Optional<Integer> replication) {
  /**
   * As configured.
   *
   * @throws UserError {@code CONFIG_INVALID} where it advertises itself without a secret, or has
   *     one that is none
   */
  static TopologyOptions of(Configuration configuration) {
    Optional<URI> advertised = configuration.find(Settings.ADVERTISE_URL);
    return new TopologyOptions(
        advertised,
        advertised.isPresent() ? Optional.of(requireSecret(configuration)) : Optional.empty(),
        configuration.get(Settings.STALL_TIMEOUT),
        configuration.get(Settings.STANDBYS),
        configuration.find(Settings.REPLICATION));
  }

  /** As one that others reach at {@code url}, unless it is configured where they do. */
  static TopologyOptions of(Configuration configuration, URI url) {
    TopologyOptions options = of(configuration);
    return new TopologyOptions(
        Optional.of(options.advertised.orElse(url)),
        Optional.of(requireSecret(configuration)),
        options.stallTimeout,
        options.standbys,
        options.replication);
  }

  /**
   * The topologies that a role of another process asks.
   *
   * @param why it asks them, as the beginning of a sentence
   * @throws UserError {@code CONFIG_INVALID} where none is named
   */
  static List<URI> requireUrls(Configuration configuration, String why) {
    return configuration
        .find(Settings.TOPOLOGY_URLS)
        .orElseThrow(
            () ->
                new UserError(
                    "CONFIG_INVALID", why + "; name one or more of them with --topology"));
  }

  /**
   * What topologies, gateways and assemblers know each other by.
   *
   * @throws UserError {@code CONFIG_INVALID} where it isn't configured, or is none
   */
  static ClusterSecret requireSecret(Configuration configuration) {
    String secret =
        configuration
            .find(Settings.CLUSTER_SECRET)
            .orElseThrow(
                () ->
                    new UserError(
                        "CONFIG_INVALID",
                        "topologies, gateways and assemblers know each other by a secret; set ZOETROPE_CLUSTER_SECRET, or cluster.secret in a file, to the same long random text for all of them"));
    try {
      return new ClusterSecret(secret);
    } catch (IllegalArgumentException e) {
      throw new UserError("CONFIG_INVALID", "cluster.secret can't be used: " + e.getMessage(), e);
    }
  }

  /**
   * For a topology whose stores lie in {@code stateFolder}.
   *
   * @throws UserError {@code CONFIG_INVALID} where others can't reach it so
   */
  TopologySettings settings(Path stateFolder, Cluster cluster) {
    Map<String, Object> kafka = new HashMap<>(cluster.kafka());
    replication.ifPresent(replicas -> kafka.putIfAbsent("replication.factor", replicas));
    TopologySettings settings =
        TopologySettings.of(stateFolder, kafka)
            .withStallTimeout(stallTimeout)
            .withStandbys(standbys);
    try {
      return advertised.map(settings::withAdvertised).orElse(settings);
    } catch (IllegalArgumentException e) {
      throw new UserError("CONFIG_INVALID", "--advertise: " + e.getMessage(), e);
    }
  }
}
