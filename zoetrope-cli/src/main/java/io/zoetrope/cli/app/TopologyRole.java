package io.zoetrope.cli.app;

import io.zoetrope.cli.cluster.ClusterUse;
import io.zoetrope.gateway.InternalQueries;
import io.zoetrope.gateway.cluster.ClusterVideoQueries;
import io.zoetrope.gateway.cluster.InstanceClient;
import io.zoetrope.schemas.Topics;
import io.zoetrope.topology.VideoLedgerStreams;
import io.zoetrope.topology.query.VideoQueries;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Folds detections into stores, and answers questions from them, alone or as one of several. */
final class TopologyRole implements Role {
  private static final ClusterUse USE =
      new ClusterUse(
          List.of(
              Topics.SUBMISSIONS,
              Topics.RUNS,
              Topics.SPLITS,
              Topics.DETECTIONS,
              Topics.RENDERS,
              Topics.RENDER_EVENTS,
              Topics.FRAME_BATCHES),
          List.of(
              Topics.DETECTIONS,
              Topics.RESULTS,
              Topics.PROGRESS,
              Topics.REPAIRS,
              Topics.RENDER_EVENTS,
              Topics.TOPOLOGY_DEAD_LETTER),
          List.of());

  private final VideoLedgerStreams streams;
  private final Optional<InternalQueries> internal;
  private final List<String> notes;

  /** One whose stores lie in {@code stateFolder}. */
  TopologyRole(Cluster cluster, TopologyOptions options, Path stateFolder) {
    this.streams = new VideoLedgerStreams(options.settings(stateFolder, cluster), cluster.serdes());
    this.internal =
        options
            .secret()
            .map(
                secret ->
                    new InternalQueries(
                        streams.queries(),
                        new ClusterVideoQueries(streams, new InstanceClient(secret)),
                        secret));
    this.notes =
        options
            .advertised()
            .map(url -> List.of("Others reach its stores at " + url + "."))
            .orElse(List.of());
  }

  /** A topology that is a process of its own. */
  static Role open(Workplace place) {
    TopologyOptions options = TopologyOptions.of(place.configuration(), place.url());
    Path state = place.dataFolder().state();
    return new TopologyRole(place.join(USE), options, state);
  }

  /** Questions over the stores of all instances. */
  VideoQueries queries() {
    return internal.map(InternalQueries::cluster).orElseGet(streams::queries);
  }

  @Override
  public Optional<InternalQueries> internal() {
    return internal;
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
    return notes;
  }

  @Override
  public void close() {
    streams.close();
  }
}
