package io.zoetrope.gateway;

import io.javalin.config.RoutesConfig;
import io.zoetrope.topology.query.Render;
import java.time.Clock;

/**
 * The HTTP API, up from construction to {@link #close}. Every error is a problem document with a
 * stable code. Any thread.
 */
public final class Gateway implements AutoCloseable {
  private static final long CLIP_BYTES = 1L << 30;

  private final GatewaySettings settings;
  private final GatewayServices services;
  private final ClipShelf clips;
  private final HttpServer server;

  /**
   * Starts to listen.
   *
   * @throws GatewayException {@code PORT_IN_USE}, {@code ADDRESS_UNUSABLE}
   */
  public Gateway(GatewaySettings settings, GatewayServices services) {
    this.settings = settings;
    this.services = services;
    this.clips = services.pictures() == null ? null : new ClipShelf(services.clips(), CLIP_BYTES);
    this.server =
        new HttpServer(settings.host(), settings.port(), services.meters(), this::addRoutes);
  }

  /** The port that is listened on. */
  public int port() {
    return server.port();
  }

  /**
   * Takes no more requests, and gives those in progress a few seconds; an upload that isn't through
   * by then leaves nothing behind.
   */
  @Override
  public void close() {
    server.close();
    if (clips != null) {
      clips.close();
    }
  }

  private void addRoutes(RoutesConfig routes) {
    Wishes wishes = new Wishes(settings.defaults());
    AcceptedVideos accepted = new AcceptedVideos(Clock.systemUTC());
    RecentlyAccepted<Render> renders = new RecentlyAccepted<>(Clock.systemUTC());
    new UploadRoutes(services.store(), services.publisher(), wishes, accepted, renders)
        .addTo(routes);
    new VideoRoutes(services.queries(), services.publisher(), wishes, accepted).addTo(routes);
    RunChoice choice = new RunChoice(services.queries(), accepted, wishes);
    new RenderRoutes(services, wishes, choice, accepted, renders).addTo(routes);
    new RenderMediaRoutes(services.queries(), services.store()).addTo(routes);
    new PictureRoutes(choice, services.pictures(), clips).addTo(routes);
    new ModelRoutes(settings).addTo(routes);
    new OperationsRoutes(services.health(), services.meters()).addTo(routes);
    if (services.schemas() != null) {
      new SchemaRegistryRoutes(services.schemas()).addTo(routes);
    }
    if (services.internal() != null) {
      new InstanceRoutes(services.internal()).addTo(routes);
    }
  }
}
