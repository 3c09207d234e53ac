package io.zoetrope.gateway;

import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.router.Endpoint;
import io.micrometer.core.instrument.Timer;
import java.net.BindException;
import java.time.Clock;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.GracefulHandler;

/**
 * The HTTP API, up from construction to {@link #close}. Every error is a problem document with a
 * stable code. Any thread.
 */
public final class Gateway implements AutoCloseable {
  private static final long STOP_TIMEOUT_MILLIS = 3_000;

  // Clients keep idle connections open, and stopping waits for each of them.
  private static final long IDLE_AT_STOP_MILLIS = 200;

  private final GatewayServices services;
  private final Javalin server;

  /**
   * Starts to listen.
   *
   * @throws GatewayException {@code PORT_IN_USE}, {@code ADDRESS_UNUSABLE}
   */
  public Gateway(GatewaySettings settings, GatewayServices services) {
    this.services = services;
    this.server = Javalin.create(config -> configure(config, settings));
    try {
      server.start();
    } catch (RuntimeException e) {
      server.stop();
      throw refused(settings, e);
    }
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
    server.stop();
  }

  private void configure(JavalinConfig config, GatewaySettings settings) {
    config.startup.showJavalinBanner = false;
    config.startup.showOldJavalinVersionWarning = false;
    config.http.prefer405over404 = true;
    config.jetty.modifyServer(Gateway::adapt);
    config.jetty.addConnector((jetty, http) -> connector(jetty, http, settings));
    config.requestLogger.http(this::measure);
    Wishes wishes = new Wishes(settings);
    AcceptedVideos accepted = new AcceptedVideos(Clock.systemUTC());
    new UploadRoutes(services.store(), services.publisher(), wishes, accepted).addTo(config.routes);
    new VideoRoutes(services.queries(), services.publisher(), wishes, accepted)
        .addTo(config.routes);
    new ServiceRoutes(settings, services.health(), services.meters()).addTo(config.routes);
    if (services.schemas() != null) {
      new SchemaRegistryRoutes(services.schemas()).addTo(config.routes);
    }
    if (services.internal() != null) {
      new InstanceRoutes(services.internal()).addTo(config.routes);
    }
    Problems.handleIn(config.routes);
  }

  private void measure(Context http, Float millis) {
    Endpoint endpoint = http.endpoints().matchedHttpEndpoint();
    Timer.builder("zoetrope.http.requests")
        .description("Requests by route and status")
        .tag("method", http.method().name())
        .tag("route", endpoint == null ? "none" : endpoint.path)
        .tag("status", Integer.toString(http.statusCode()))
        .register(services.meters())
        .record((long) (millis * 1_000), TimeUnit.MICROSECONDS);
  }

  private static Connector connector(
      Server jetty, HttpConfiguration http, GatewaySettings settings) {
    ServerConnector connector = new ServerConnector(jetty, new HttpConnectionFactory(http));
    connector.setHost(settings.host());
    connector.setPort(settings.port());
    connector.setShutdownIdleTimeout(IDLE_AT_STOP_MILLIS);
    return connector;
  }

  private static void adapt(Server server) {
    server.setErrorHandler(new ServerProblems());
    server.setStopTimeout(STOP_TIMEOUT_MILLIS);
    server.insertHandler(new GracefulHandler());
  }

  private static GatewayException refused(GatewaySettings settings, RuntimeException e) {
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    // Both are BindExceptions; only the words tell a taken port from a foreign address.
    if (root instanceof BindException && String.valueOf(root.getMessage()).contains("in use")) {
      return new GatewayException(
          "PORT_IN_USE",
          "port %d on %s is in use; stop what listens there or choose another port"
              .formatted(settings.port(), settings.host()),
          e);
    }
    return new GatewayException(
        "ADDRESS_UNUSABLE",
        "%s:%d can't be listened on (%s); choose an address of this machine"
            .formatted(settings.host(), settings.port(), root.getMessage()),
        e);
  }
}
