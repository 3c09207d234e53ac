package io.zoetrope.cli.app;

import io.micrometer.core.instrument.MeterRegistry;
import io.zoetrope.cli.cluster.ClusterUse;
import io.zoetrope.cli.config.Settings;
import io.zoetrope.media.FfmpegLicence;
import io.zoetrope.media.MediaLimits;
import io.zoetrope.schemas.Groups;
import io.zoetrope.schemas.RunDefaults;
import io.zoetrope.schemas.Topics;
import io.zoetrope.splitter.SplitterSettings;
import io.zoetrope.splitter.VideoSplitter;
import io.zoetrope.store.MediaStore;
import java.util.List;
import java.util.Optional;

/** Takes submissions in, and cuts videos into frame batches. */
final class SplitterRole implements Role {
  private static final ClusterUse USE =
      new ClusterUse(
          List.of(
              Topics.VIDEOS,
              Topics.RUNS,
              Topics.SPLITS,
              Topics.REPAIRS,
              Topics.PROGRESS,
              Topics.MODELS),
          List.of(
              Topics.SUBMISSIONS,
              Topics.RUNS,
              Topics.SPLITS,
              Topics.FRAME_BATCHES,
              Topics.RENDERS,
              Topics.VIDEOS_DEAD_LETTER),
          List.of(Groups.INTAKE, Groups.SPLITTER));

  private final Cluster cluster;
  private final VideoSplitter splitter;

  /** One that gives every new video to {@code shadowModels} as well, by id or name. */
  SplitterRole(
      Cluster cluster,
      RunDefaults defaults,
      List<String> shadowModels,
      MediaLimits limits,
      MediaStore store,
      MeterRegistry meters) {
    this.cluster = cluster;
    this.splitter =
        new VideoSplitter(
            SplitterSettings.of(cluster.kafka(), cluster.instance(), defaults)
                .withShadowModels(() -> defaults.models().known(shadowModels))
                .withLimits(limits),
            cluster.serdes(),
            store,
            meters);
  }

  /** A splitter that is a process of its own. */
  static Role open(Workplace place) {
    FfmpegLicence.requireLgpl();
    Cluster cluster = place.join(USE);
    return new SplitterRole(
        cluster,
        place.runDefaults(cluster),
        place.configuration().find(Settings.SHADOW_MODELS).orElse(List.of()),
        MediaLimitSettings.of(place.configuration()),
        place.mediaStore(),
        place.meters());
  }

  @Override
  public String name() {
    return "splitter";
  }

  @Override
  public void start() {
    splitter.start();
  }

  @Override
  public boolean ready() {
    return splitter.isHealthy();
  }

  @Override
  public Optional<String> failure() {
    return splitter.stuck();
  }

  @Override
  public List<String> notes() {
    return cluster.notes();
  }

  @Override
  public void close() {
    splitter.close();
  }
}
