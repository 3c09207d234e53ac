package io.zoetrope.cli.app;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.zoetrope.cli.cluster.ClusterUse;
import io.zoetrope.cli.config.Configuration;
import io.zoetrope.cli.config.Settings;
import io.zoetrope.gateway.Gateway;
import io.zoetrope.gateway.GatewayServices;
import io.zoetrope.gateway.GatewaySettings;
import io.zoetrope.gateway.Health;
import io.zoetrope.gateway.InternalQueries;
import io.zoetrope.gateway.KafkaPublisher;
import io.zoetrope.gateway.SchemaDirectory;
import io.zoetrope.gateway.cluster.ClusterSecret;
import io.zoetrope.gateway.cluster.InstanceClient;
import io.zoetrope.gateway.cluster.RemoteVideoQueries;
import io.zoetrope.gateway.pictures.Pictures;
import io.zoetrope.gateway.pictures.RemotePictures;
import io.zoetrope.schemas.Topics;
import io.zoetrope.store.MediaStore;
import io.zoetrope.topology.query.VideoQueries;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The HTTP API, open from construction. */
final class GatewayRole implements Role {
  private static final ClusterUse USE =
      new ClusterUse(
          List.of(Topics.MODELS),
          List.of(Topics.VIDEOS, Topics.RUNS, Topics.RENDERS, Topics.RENDER_EVENTS),
          List.of());

  /** Within the folder of a process, for clips while they are watched. */
  private static final String CLIPS = "clips";

  private final KafkaPublisher publisher;
  private final Gateway gateway;

  /**
   * Starts to listen.
   *
   * @param internal what other processes may ask of this one; empty where there are none
   * @param pictures of videos; empty where nobody makes any
   * @param folder of this process alone; empty where nobody makes pictures
   * @param others the health of whatever else is in this process
   */
  GatewayRole(
      Cluster cluster,
      GatewaySettings settings,
      MediaStore store,
      VideoQueries queries,
      Optional<InternalQueries> internal,
      Optional<Pictures> pictures,
      Optional<Path> folder,
      Health others,
      PrometheusMeterRegistry meters) {
    this.publisher = new KafkaPublisher(cluster.kafka(), cluster.serdes());
    try {
      this.gateway =
          new Gateway(
              settings,
              new GatewayServices(
                  store,
                  queries,
                  publisher,
                  others.and(Role.health(List.of(this))),
                  meters,
                  cluster.embeddedRegistry().map(SchemaDirectory::of).orElse(null),
                  internal.orElse(null),
                  pictures.orElse(null),
                  folder.map(own -> own.resolve(CLIPS)).orElse(null)));
    } catch (RuntimeException e) {
      publisher.close();
      throw e;
    }
  }

  /** A gateway that is a process of its own. */
  static Role open(Workplace place) {
    Configuration configuration = place.configuration();
    List<URI> topologies =
        TopologyOptions.requireUrls(configuration, "a gateway has its answers from topologies");
    ClusterSecret secret = TopologyOptions.requireSecret(configuration);
    InstanceClient client = new InstanceClient(secret);
    Optional<List<URI>> assemblers = configuration.find(Settings.ASSEMBLER_URLS);
    Cluster cluster = place.join(USE);
    GatewaySettings settings =
        new GatewaySettings(
            configuration.get(Settings.HTTP_HOST),
            configuration.find(Settings.HTTP_PORT).orElse(Settings.DEFAULT_PORT),
            place.runDefaults(cluster),
            Map.of());
    return new GatewayRole(
        cluster,
        settings,
        place.mediaStore(),
        new RemoteVideoQueries(topologies, client),
        Optional.empty(),
        assemblers.map(urls -> new RemotePictures(urls, secret)),
        assemblers.map(urls -> place.ownFolder()),
        place.health(),
        place.meters());
  }

  @Override
  public String name() {
    return "gateway";
  }

  @Override
  public Optional<Integer> port() {
    return Optional.of(gateway.port());
  }

  @Override
  public void start() {}

  @Override
  public boolean ready() {
    return publisher.ready();
  }

  @Override
  public Optional<String> failure() {
    return Optional.empty();
  }

  @Override
  public List<String> notes() {
    return List.of();
  }

  @Override
  public void close() {
    gateway.close();
    publisher.close();
  }
}
