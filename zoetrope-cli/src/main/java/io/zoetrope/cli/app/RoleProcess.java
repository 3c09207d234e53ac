package io.zoetrope.cli.app;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.zoetrope.cli.config.Configuration;
import io.zoetrope.cli.config.Settings;
import io.zoetrope.cli.error.UserError;
import io.zoetrope.gateway.Health;
import io.zoetrope.gateway.InternalPictures;
import io.zoetrope.gateway.OperationsServer;
import io.zoetrope.gateway.pictures.Pictures;
import java.io.PrintWriter;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * One role in this process, on a cluster that it shares with the processes of the others. It tells
 * its health and its metrics over HTTP. Any thread.
 */
public final class RoleProcess implements Service {
  /** The roles that a process can have. */
  public enum Kind {
    /** Takes submissions in and cuts videos. */
    SPLITTER,
    /** Finds objects in frame batches. */
    DETECTOR,
    /** Folds detections into stores. */
    TOPOLOGY,
    /** Makes annotated videos. */
    ASSEMBLER,
    /** Serves the HTTP API. */
    GATEWAY;

    private Role open(Workplace place) {
      return switch (this) {
        case SPLITTER -> SplitterRole.open(place);
        case DETECTOR -> DetectorRole.open(place);
        case TOPOLOGY -> TopologyRole.open(place);
        case ASSEMBLER -> AssemblerRole.open(place);
        case GATEWAY -> GatewayRole.open(place);
      };
    }
  }

  private final OpenParts parts = new OpenParts();
  private final BoundedStop stop = BoundedStop.of(parts);
  private final String host;
  private final Role role;
  private final Health health;
  private final int port;

  private RoleProcess(Kind kind, Configuration configuration, PrintWriter err) {
    this.host = configuration.get(Settings.HTTP_HOST);
    PrometheusMeterRegistry meters = parts.add(new ProcessMeters()).registry();
    try {
      Workplace place = new Workplace(configuration, parts, meters, err);
      this.role = parts.add(kind.open(place));
      this.health = Role.health(List.of(role)).and(place.health());
      this.port = role.port().orElseGet(() -> listen(place));
      role.start();
    } catch (RuntimeException e) {
      stop.close();
      throw StartFailures.inWords(e);
    }
  }

  /**
   * Starts it; returns before it is ready.
   *
   * @param err where it is told that a model is pulled
   * @throws UserError for what the user can put right: a cluster, a model, a port that can't be
   *     used
   */
  public static RoleProcess start(Kind kind, Configuration configuration, PrintWriter err) {
    return new RoleProcess(kind, configuration, err);
  }

  private int listen(Workplace place) {
    return parts
        .add(
            new OperationsServer(
                host,
                place.port(),
                health,
                place.meters(),
                role.internal().orElse(null),
                role.pictures().map(pictures -> internal(pictures, place)).orElse(null)))
        .port();
  }

  private static InternalPictures internal(Pictures pictures, Workplace place) {
    return new InternalPictures(pictures, TopologyOptions.requireSecret(place.configuration()));
  }

  @Override
  public String name() {
    return "the " + role.name();
  }

  @Override
  public URI url() {
    return Reach.url(host, port);
  }

  @Override
  public List<String> notes() {
    return role.notes();
  }

  @Override
  public boolean ready() {
    return health.isReady();
  }

  @Override
  public Optional<String> failure() {
    return parts.isClosed() ? Optional.empty() : role.failure();
  }

  @Override
  public void giveUp() {
    stop.giveUp();
  }

  @Override
  public void close() {
    stop.close();
  }
}
