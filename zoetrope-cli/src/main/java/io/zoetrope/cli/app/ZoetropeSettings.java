package io.zoetrope.cli.app;

import io.zoetrope.cli.config.Configuration;
import io.zoetrope.cli.config.Settings;
import io.zoetrope.cli.error.UserError;
import io.zoetrope.media.MediaLimits;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a whole Zoetrope in one process is told.
 *
 * @param cluster the Kafka cluster to use; empty for an embedded broker
 * @param dataFolder empty for one of its own that is deleted at the end
 * @param detection what detects, and what counts
 * @param mediaLocations folders that videos may be read from, beside the media store
 * @param mediaLimits that a video has to keep to
 * @param port of the HTTP API; 0 for a free one
 * @param kafka settings for every Kafka client
 */
public record ZoetropeSettings(
    Optional<Cluster> cluster,
    Optional<Path> dataFolder,
    DetectionSettings detection,
    List<Path> mediaLocations,
    MediaLimits mediaLimits,
    String host,
    int port,
    Map<String, String> kafka) {

  /** An external cluster with the schema registry that belongs to it. */
  public record Cluster(String bootstrapServers, URI schemaRegistry) {}

  /**
   * As configured, but for the models: their names are still to be made files of.
   *
   * @throws UserError {@code CONFIG_INVALID} for a cluster without its registry, and for what
   *     contradicts itself
   */
  public static ZoetropeSettings of(Configuration configuration) {
    return new ZoetropeSettings(
        cluster(configuration),
        configuration.find(Settings.DATA_DIR),
        DetectionSettings.of(configuration),
        configuration.find(Settings.MEDIA_LOCATIONS).orElse(List.of()),
        MediaLimitSettings.of(configuration),
        configuration.get(Settings.HTTP_HOST),
        configuration.get(Settings.HTTP_PORT),
        configuration.kafka());
  }

  /** For one command of one user: nobody else can reach it. */
  public ZoetropeSettings onLoopback() {
    return new ZoetropeSettings(
        cluster, dataFolder, detection, mediaLocations, mediaLimits, "127.0.0.1", 0, kafka);
  }

  /** With these ONNX files, the default one first. */
  public ZoetropeSettings withModels(List<Path> files) {
    return with(dataFolder, detection.withModels(files));
  }

  /** With every detection of the bundled model, whose labels no filter was made for. */
  public ZoetropeSettings withBundledModel() {
    return with(dataFolder, detection.withBundledModel());
  }

  public ZoetropeSettings withDataFolder(Path folder) {
    return with(Optional.of(folder), detection);
  }

  private ZoetropeSettings with(Optional<Path> folder, DetectionSettings changed) {
    return new ZoetropeSettings(
        cluster, folder, changed, mediaLocations, mediaLimits, host, port, kafka);
  }

  private static Optional<Cluster> cluster(Configuration configuration) {
    Optional<String> servers = configuration.find(Settings.BOOTSTRAP_SERVERS);
    Optional<URI> registry = configuration.find(Settings.SCHEMA_REGISTRY_URL);
    if (servers.isPresent() != registry.isPresent()) {
      throw new UserError(
          "CONFIG_INVALID",
          servers.isPresent()
              ? "--bootstrap-servers needs the URL of the cluster's schema registry as well; add --schema-registry"
              : "--schema-registry belongs to a cluster; add --bootstrap-servers, or leave both out");
    }
    return servers.map(s -> new Cluster(s, registry.orElseThrow()));
  }
}
