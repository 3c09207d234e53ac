package io.zoetrope.cli.app;

import io.zoetrope.cli.cluster.ClusterUse;
import io.zoetrope.cli.config.Settings;
import io.zoetrope.schemas.Topics;
import io.zoetrope.topology.TopologySettings;
import io.zoetrope.topology.VideoLedgerStreams;
import io.zoetrope.topology.query.VideoQueries;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Folds detections into stores, and answers questions from them. */
final class TopologyRole implements Role {
  private static final ClusterUse USE =
      new ClusterUse(
          List.of(Topics.SUBMISSIONS, Topics.RUNS, Topics.SPLITS, Topics.DETECTIONS),
          List.of(
              Topics.DETECTIONS,
              Topics.RESULTS,
              Topics.PROGRESS,
              Topics.REPAIRS,
              Topics.TOPOLOGY_DEAD_LETTER),
          List.of());

  private final VideoLedgerStreams streams;

  TopologyRole(Cluster cluster, Path stateFolder) {
    this(cluster, TopologySettings.of(stateFolder, cluster.kafka()));
  }

  private TopologyRole(Cluster cluster, TopologySettings settings) {
    this.streams = new VideoLedgerStreams(settings, cluster.serdes());
  }

  /** A topology that is a process of its own. */
  static Role open(Workplace place) {
    Path state = place.dataFolder().state();
    Cluster cluster = place.join(USE);
    Map<String, Object> kafka = new HashMap<>(cluster.kafka());
    // Of the changelogs, which Kafka Streams makes by itself.
    place
        .configuration()
        .find(Settings.REPLICATION)
        .ifPresent(replicas -> kafka.putIfAbsent("replication.factor", replicas));
    return new TopologyRole(cluster, TopologySettings.of(state, kafka));
  }

  /** Questions over its stores. */
  VideoQueries queries() {
    return streams.queries();
  }

  @Override
  public String name() {
    return "topology";
  }

  @Override
  public void start() {
    streams.start();
  }

  @Override
  public boolean ready() {
    return streams.ready();
  }

  @Override
  public Optional<String> failure() {
    return streams.alive()
        ? Optional.empty()
        : Optional.of("the topology stopped, or is stuck: " + streams.state());
  }

  @Override
  public List<String> notes() {
    return List.of();
  }

  @Override
  public void close() {
    streams.close();
  }
}
