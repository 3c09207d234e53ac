package io.zoetrope.gateway;

import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.router.Endpoint;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.net.BindException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.GracefulHandler;

/**
 * What every HTTP server of Zoetrope does, whatever its routes are: listens, times its requests,
 * and answers every error with a problem document. Up from construction to {@link #close}. Any
 * thread.
 */
final class HttpServer implements AutoCloseable {
  private static final long STOP_TIMEOUT_MILLIS = 3_000;

  // Clients keep idle connections open, and stopping waits for each of them.
  private static final long IDLE_AT_STOP_MILLIS = 200;

  private final String host;
  private final int port;
  private final MeterRegistry meters;
  private final Javalin server;

  /**
   * Starts to listen.
   *
   * @param port 0: any that is free
   * @throws GatewayException {@code PORT_IN_USE}, {@code ADDRESS_UNUSABLE}
   */
  HttpServer(String host, int port, MeterRegistry meters, Consumer<RoutesConfig> routes) {
    this.host = host;
    this.port = port;
    this.meters = meters;
    this.server =
        Javalin.create(
            config -> {
              configure(config);
              routes.accept(config.routes);
              Problems.handleIn(config.routes);
            });
    try {
      server.start();
    } catch (RuntimeException e) {
      server.stop();
      throw refused(e);
    }
  }

  /** The port that is listened on. */
  int port() {
    return server.port();
  }

  /** Takes no more requests, and gives those in progress a few seconds. */
  @Override
  public void close() {
    server.stop();
  }

  private void configure(JavalinConfig config) {
    config.startup.showJavalinBanner = false;
    config.startup.showOldJavalinVersionWarning = false;
    config.http.prefer405over404 = true;
    config.jetty.modifyServer(HttpServer::adapt);
    config.jetty.addConnector(this::connector);
    config.requestLogger.http(this::measure);
  }

  private void measure(Context http, Float millis) {
    Endpoint endpoint = http.endpoints().matchedHttpEndpoint();
    Timer.builder("zoetrope.http.requests")
        .description("Requests by route and status")
        .tag("method", http.method().name())
        .tag("route", endpoint == null ? "none" : endpoint.path)
        .tag("status", Integer.toString(http.statusCode()))
        .register(meters)
        .record((long) (millis * 1_000), TimeUnit.MICROSECONDS);
  }

  private Connector connector(Server jetty, HttpConfiguration http) {
    ServerConnector connector = new ServerConnector(jetty, new HttpConnectionFactory(http));
    connector.setHost(host);
    connector.setPort(port);
    connector.setShutdownIdleTimeout(IDLE_AT_STOP_MILLIS);
    return connector;
  }

  private static void adapt(Server server) {
    server.setErrorHandler(new ServerProblems());
    server.setStopTimeout(STOP_TIMEOUT_MILLIS);
    server.insertHandler(new GracefulHandler());
  }

  private GatewayException refused(RuntimeException e) {
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    // Both are BindExceptions; only the words tell a taken port from a foreign address.
    if (root instanceof BindException && String.valueOf(root.getMessage()).contains("in use")) {
      return new GatewayException(
          "PORT_IN_USE",
          "port %d on %s is in use; stop what listens there or choose another port"
              .formatted(port, host),
          e);
    }
    return new GatewayException(
        "ADDRESS_UNUSABLE",
        "%s:%d can't be listened on (%s); choose an address of this machine"
            .formatted(host, port, root.getMessage()),
        e);
  }
}
