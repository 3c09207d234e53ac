package io.zoetrope.cli.app;

import io.micrometer.core.instrument.MeterRegistry;
import io.zoetrope.assembler.AssemblerSettings;
import io.zoetrope.assembler.VideoAssembler;
import io.zoetrope.cli.cluster.ClusterUse;
import io.zoetrope.cli.config.Configuration;
import io.zoetrope.cli.config.Settings;
import io.zoetrope.gateway.cluster.InstanceClient;
import io.zoetrope.gateway.cluster.RemoteVideoQueries;
import io.zoetrope.gateway.pictures.Pictures;
import io.zoetrope.media.FfmpegLicence;
import io.zoetrope.media.MediaLimits;
import io.zoetrope.schemas.Groups;
import io.zoetrope.schemas.Topics;
import io.zoetrope.store.MediaStore;
import io.zoetrope.topology.query.VideoQueries;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Makes annotated videos of what runs found, stills and clips, alone or as one of several. */
final class AssemblerRole implements Role {
  private static final ClusterUse USE =
      new ClusterUse(
          List.of(Topics.RENDERS, Topics.SEGMENTS),
          List.of(Topics.SEGMENTS, Topics.RENDER_EVENTS, Topics.ASSEMBLER_DEAD_LETTER),
          List.of(Groups.RENDERS, Groups.SEGMENTS));

  /** Within the folder of a process, for what isn't finished. */
  private static final String FOLDER = "assembler";

  private final Cluster cluster;
  private final VideoAssembler assembler;
  private final Pictures pictures;

  /**
   * One that writes what isn't finished below {@code folder}, which nobody else has.
   *
   * @param workers threads that make segments; empty for as many as cores
   */
  AssemblerRole(
      Cluster cluster,
      Optional<Integer> workers,
      Path folder,
      MediaLimits limits,
      VideoQueries queries,
      MediaStore store,
      MeterRegistry meters) {
    this.cluster = cluster;
    AssemblerSettings settings =
        AssemblerSettings.of(cluster.kafka(), folder.resolve(FOLDER)).withLimits(limits);
    this.assembler =
        new VideoAssembler(
            workers.map(settings::withWorkers).orElse(settings),
            new QueriedRenderLedger(queries),
            cluster.serdes(),
            store,
            meters);
    this.pictures =
        new CautiousPictures(
            AssemblerPictures.in(folder, store, queries),
            PictureDeaths.open(folder.resolve("pictures"), InstantSource.system()));
  }

  /** An assembler that is a process of its own. */
  static Role open(Workplace place) {
    FfmpegLicence.requireLgpl();
    Configuration configuration = place.configuration();
    List<URI> topologies =
        TopologyOptions.requireUrls(configuration, "an assembler asks topologies what was found");
    InstanceClient client = new InstanceClient(TopologyOptions.requireSecret(configuration));
    Cluster cluster = place.join(USE);
    return new AssemblerRole(
        cluster,
        configuration.find(Settings.ASSEMBLER_WORKERS),
        place.ownFolder(),
        MediaLimitSettings.of(configuration),
        new RemoteVideoQueries(topologies, client),
        place.mediaStore(),
        place.meters());
  }

  @Override
  public String name() {
    return "assembler";
  }

  @Override
  public Optional<Pictures> pictures() {
    return Optional.of(pictures);
  }

  @Override
  public void start() {
    assembler.start();
  }

  @Override
  public boolean ready() {
    return assembler.isHealthy();
  }

  @Override
  public Optional<String> failure() {
    return assembler.stuck();
  }

  @Override
  public List<String> notes() {
    return cluster.notes();
  }

  @Override
  public void close() {
    assembler.close();
  }
}
