package io.zoetrope.cli.app;

import io.zoetrope.cli.cluster.ClusterAddress;
import io.zoetrope.cli.config.Configuration;
import io.zoetrope.cli.config.Settings;
import io.zoetrope.cli.error.UserError;
import io.zoetrope.media.MediaLimits;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a whole Zoetrope in one process is told.
 *
 * @param cluster the Kafka cluster to use; empty for an embedded broker
 * @param instance names this process among its like on such a cluster; empty for a random name
 * @param replication replicas of the topics that are made there; empty for what its brokers choose
 * @param dataFolder empty for one of its own that is deleted at the end
 * @param detection what detects, and what counts
 * @param shadowModels that see every new video as well, by id or name
 * @param topology how it is run
 * @param media where videos are kept and may be read from
 * @param mediaLimits that a video has to keep to
 * @param assembler whether annotated videos are made
 * @param assemblerWorkers threads that make them; empty for as many as cores
 * @param port of the HTTP API; 0 for a free one
 * @param kafka settings for every Kafka client
 */
public record ZoetropeSettings(
    Optional<ClusterAddress> cluster,
    Optional<String> instance,
    Optional<Integer> replication,
    Optional<Path> dataFolder,
    DetectionSettings detection,
    List<String> shadowModels,
    TopologyOptions topology,
    MediaStoreSettings media,
    MediaLimits mediaLimits,
    boolean assembler,
    Optional<Integer> assemblerWorkers,
    String host,
    int port,
    Map<String, String> kafka) {

  /**
   * As configured, but for the models: their names are still to be made files of.
   *
   * @throws UserError {@code CONFIG_INVALID} for a cluster without its registry, and for what
   *     contradicts itself
   */
  public static ZoetropeSettings of(Configuration configuration) {
    return new ZoetropeSettings(
        ClusterAddress.find(configuration),
        configuration.find(Settings.INSTANCE),
        configuration.find(Settings.REPLICATION),
        configuration.find(Settings.DATA_DIR),
        DetectionSettings.of(configuration),
        configuration.find(Settings.SHADOW_MODELS).orElse(List.of()),
        TopologyOptions.of(configuration),
        MediaStoreSettings.of(configuration),
        MediaLimitSettings.of(configuration),
        true,
        configuration.find(Settings.ASSEMBLER_WORKERS),
        configuration.get(Settings.HTTP_HOST),
        configuration.find(Settings.HTTP_PORT).orElse(Settings.DEFAULT_PORT),
        configuration.kafka());
  }

  /** For one command of one user: nobody else can reach it. */
  public ZoetropeSettings onLoopback() {
    return with(dataFolder, detection, assembler, "127.0.0.1", 0);
  }

  /** With these ONNX files, the default one first. */
  public ZoetropeSettings withModels(List<Path> files) {
    return with(dataFolder, detection.withModels(files), assembler, host, port);
  }

  /** With every detection of the bundled model, whose labels no filter was made for. */
  public ZoetropeSettings withBundledModel() {
    return with(dataFolder, detection.withBundledModel(), assembler, host, port);
  }

  public ZoetropeSettings withDataFolder(Path folder) {
    return with(Optional.of(folder), detection, assembler, host, port);
  }

  /** Without what makes annotated videos, for who doesn't want any. */
  public ZoetropeSettings withoutAssembler() {
    return with(dataFolder, detection, false, host, port);
  }

  private ZoetropeSettings with(
      Optional<Path> folder,
      DetectionSettings changed,
      boolean assembles,
      String address,
      int atPort) {
    return new ZoetropeSettings(
        cluster,
        instance,
        replication,
        folder,
        changed,
        shadowModels,
        topology,
        media,
        mediaLimits,
        assembles,
        assemblerWorkers,
        address,
        atPort,
        kafka);
  }
}
