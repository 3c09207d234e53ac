package io.zoetrope.gateway;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;

/**
 * Health and metrics of a process that has no API of its own, and what other processes may ask of
 * it. Up from construction to {@link #close}. Any thread.
 */
public final class OperationsServer implements AutoCloseable {
  private final HttpServer server;

  /**
   * Starts to listen.
   *
   * @param port 0: any that is free
   * @param internal null where other processes may ask nothing
   * @throws GatewayException {@code PORT_IN_USE}, {@code ADDRESS_UNUSABLE}
   */
  public OperationsServer(
      String host,
      int port,
      Health health,
      PrometheusMeterRegistry meters,
      InternalQueries internal) {
    this(host, port, health, meters, internal, null);
  }

  /**
   * Starts to listen.
   *
   * @param port 0: any that is free
   * @param internal null where other processes may ask nothing
   * @param pictures null where other processes may ask for none
   * @throws GatewayException {@code PORT_IN_USE}, {@code ADDRESS_UNUSABLE}
   */
  public OperationsServer(
      String host,
      int port,
      Health health,
      PrometheusMeterRegistry meters,
      InternalQueries internal,
      InternalPictures pictures) {
    this.server =
        new HttpServer(
            host,
            port,
            meters,
            routes -> {
              new OperationsRoutes(health, meters).addTo(routes);
              if (internal != null) {
                new InstanceRoutes(internal).addTo(routes);
              }
              if (pictures != null) {
                new PictureInstanceRoutes(pictures).addTo(routes);
              }
            });
  }

  /** The port that is listened on. */
  public int port() {
    return server.port();
  }

  @Override
  public void close() {
    server.close();
  }
}
