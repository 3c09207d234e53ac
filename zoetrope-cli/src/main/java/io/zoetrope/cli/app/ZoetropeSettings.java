package io.zoetrope.cli.app;

import io.zoetrope.cli.config.Configuration;
import io.zoetrope.cli.config.Settings;
import io.zoetrope.cli.error.UserError;
import io.zoetrope.detector.onnx.Device;
import io.zoetrope.detector.onnx.ModelOptions;
import io.zoetrope.detector.onnx.ModelTrials;
import io.zoetrope.events.WantedFilter;
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
 * @param models the ONNX files, the default one first; none for the bundled one
 * @param modelOptions what the user says about the one model that is given
 * @param modelTrials that a stranger's model has to come through
 * @param device that models run on
 * @param mediaLocations folders that videos may be read from, beside the media store
 * @param mediaLimits that a video has to keep to
 * @param filter which detections count where a run doesn't say
 * @param port of the HTTP API; 0 for a free one
 * @param kafka settings for every Kafka client
 */
public record ZoetropeSettings(
    Optional<Cluster> cluster,
    Optional<Path> dataFolder,
    List<Path> models,
    ModelOptions modelOptions,
    ModelTrials modelTrials,
    Device device,
    List<Path> mediaLocations,
    MediaLimits mediaLimits,
    float confidence,
    float iou,
    WantedFilter filter,
    String host,
    int port,
    Map<String, String> kafka) {

  /** An external cluster with the schema registry that belongs to it. */
  public record Cluster(String bootstrapServers, URI schemaRegistry) {}

  /**
   * As configured, but for the models: their names are still to be made files of.
   *
   * @throws UserError {@code CONFIG_INVALID} for a cluster without its registry
   */
  public static ZoetropeSettings of(Configuration configuration) {
    return new ZoetropeSettings(
        cluster(configuration),
        configuration.find(Settings.DATA_DIR),
        List.of(),
        ModelOptionSettings.of(configuration),
        ModelTrialSettings.of(configuration),
        DeviceSettings.of(configuration),
        configuration.find(Settings.MEDIA_LOCATIONS).orElse(List.of()),
        MediaLimitSettings.of(configuration),
        configuration.get(Settings.CONFIDENCE),
        configuration.get(Settings.IOU),
        FilterSettings.of(configuration),
        configuration.get(Settings.HTTP_HOST),
        configuration.get(Settings.HTTP_PORT),
        configuration.kafka());
  }

  /** For one command of one user: nobody else can reach it. */
  public ZoetropeSettings onLoopback() {
    return new ZoetropeSettings(
        cluster,
        dataFolder,
        models,
        modelOptions,
        modelTrials,
        device,
        mediaLocations,
        mediaLimits,
        confidence,
        iou,
        filter,
        "127.0.0.1",
        0,
        kafka);
  }

  /** With these ONNX files, the default one first. */
  public ZoetropeSettings withModels(List<Path> files) {
    return new ZoetropeSettings(
        cluster,
        dataFolder,
        List.copyOf(files),
        modelOptions,
        modelTrials,
        device,
        mediaLocations,
        mediaLimits,
        confidence,
        iou,
        filter,
        host,
        port,
        kafka);
  }

  /** With every detection of the bundled model, whose labels no filter was made for. */
  public ZoetropeSettings withBundledModel() {
    return new ZoetropeSettings(
        cluster,
        dataFolder,
        List.of(),
        ModelOptions.DEFAULT,
        modelTrials,
        device,
        mediaLocations,
        mediaLimits,
        confidence,
        iou,
        WantedFilter.newBuilder().build(),
        host,
        port,
        kafka);
  }

  public ZoetropeSettings withDataFolder(Path folder) {
    return new ZoetropeSettings(
        cluster,
        Optional.of(folder),
        models,
        modelOptions,
        modelTrials,
        device,
        mediaLocations,
        mediaLimits,
        confidence,
        iou,
        filter,
        host,
        port,
        kafka);
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
