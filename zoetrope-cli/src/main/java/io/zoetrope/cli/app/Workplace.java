package io.zoetrope.cli.app;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.zoetrope.cli.cluster.ClusterAddress;
import io.zoetrope.cli.cluster.ClusterUse;
import io.zoetrope.cli.cluster.GroupWatch;
import io.zoetrope.cli.config.Configuration;
import io.zoetrope.cli.config.Settings;
import io.zoetrope.cli.data.DataFolder;
import io.zoetrope.cli.data.PrivateFolder;
import io.zoetrope.cli.error.UserError;
import io.zoetrope.cli.models.ModelShelf;
import io.zoetrope.gateway.Health;
import io.zoetrope.schemas.ModelNames;
import io.zoetrope.schemas.RunDefaults;
import io.zoetrope.schemas.models.ModelDirectory;
import io.zoetrope.store.MediaStore;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a role that is a process of its own is built from: what is configured, and what it shares
 * with nobody. Used by the thread that starts it.
 */
final class Workplace {
  private static final Path DATA_FOLDER = Path.of("zoetrope-data");

  private final Configuration configuration;
  private final OpenParts parts;
  private final PrometheusMeterRegistry meters;
  private final PrintWriter err;
  private int port;
  private Health health = new Health(Map.of(), Map.of());

  /**
   * @param parts that are closed when the process ends
   * @param err where it is told that a model is pulled
   */
  Workplace(
      Configuration configuration,
      OpenParts parts,
      PrometheusMeterRegistry meters,
      PrintWriter err) {
    this.configuration = configuration;
    this.parts = parts;
    this.meters = meters;
    this.err = err;
    this.port = configuration.find(Settings.HTTP_PORT).orElse(0);
  }

  Configuration configuration() {
    return configuration;
  }

  PrometheusMeterRegistry meters() {
    return meters;
  }

  /** Where a role without an API listens for what is asked of its process; 0: any port. */
  int port() {
    return port;
  }

  /** The same as an address, for those who are to be told of it before it is listened on. */
  URI url() {
    String host = configuration.get(Settings.HTTP_HOST);
    if (port == 0) {
      port = freePort(host);
    }
    return Reach.url(host, port);
  }

  private static int freePort(String host) {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName(host))) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UserError(
          "ADDRESS_UNUSABLE",
          "%s can't be listened on (%s); choose an address of this machine"
              .formatted(host, e.getMessage()),
          e);
    }
  }

  /** Of what it has given out and the role doesn't know to be at work. */
  Health health() {
    return health;
  }

  /**
   * The cluster, which has all that {@code use} takes.
   *
   * @throws UserError {@code CONFIG_INVALID} where none is configured; else as {@link Cluster#join}
   */
  Cluster join(ClusterUse use) {
    ClusterAddress address =
        ClusterAddress.find(configuration)
            .orElseThrow(
                () ->
                    new UserError(
                        "CONFIG_INVALID",
                        "a role works on a cluster that others share; name it with --bootstrap-servers and --schema-registry"));
    Cluster cluster = Cluster.join(address, configuration.find(Settings.INSTANCE), use);
    parts.add(GroupWatch.start(address.admin(), use.groups()));
    return cluster;
  }

  /**
   * Where the processes of the installation keep videos.
   *
   * @throws UserError {@code CONFIG_INVALID} where that isn't configured
   */
  MediaStore mediaStore() {
    return parts.add(MediaStoreSettings.of(configuration).open());
  }

  /** A folder of this process alone that is there again after a restart. */
  DataFolder dataFolder() {
    return parts.add(DataFolder.open(configuration.find(Settings.DATA_DIR).orElse(DATA_FOLDER)));
  }

  /** A folder of this process alone for what it can do without after a restart. */
  Path ownFolder() {
    return configuration.find(Settings.DATA_DIR).isPresent()
        ? dataFolder().path()
        : parts.add(PrivateFolder.create()).folder().path();
  }

  /** The models that are configured, pulled where they aren't here. */
  LoadedModels models() {
    List<Path> files =
        ModelShelf.of(configuration, err)
            .files(configuration.find(Settings.MODELS).orElse(List.of()));
    return LoadedModels.load(
        DetectionSettings.of(configuration).withModels(files),
        () -> LoadedModels.copyBundled(parts.add(PrivateFolder.create()).folder().path()),
        parts);
  }

  /** What runs are that don't say otherwise, with the models that detectors announce. */
  RunDefaults runDefaults(Cluster cluster) {
    ModelDirectory models =
        parts.add(
            ModelDirectory.follow(
                cluster.kafka(), cluster.serdes(), defaultModel(), shadowModels()));
    health = health.and(new Health(Map.of(), Map.of("models", models::ready)));
    return DetectionSettings.runDefaults(configuration, models);
  }

  /** The one that detectors are given first, by its file, name or id. */
  private Optional<String> defaultModel() {
    return configuration
        .find(Settings.MODELS)
        .flatMap(models -> models.stream().findFirst())
        .map(ModelNames::of);
  }

  private List<String> shadowModels() {
    return configuration.find(Settings.SHADOW_MODELS).orElse(List.of());
  }
}
