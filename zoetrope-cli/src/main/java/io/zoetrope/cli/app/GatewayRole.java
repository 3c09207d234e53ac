package io.zoetrope.cli.app;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.zoetrope.gateway.Gateway;
import io.zoetrope.gateway.GatewayServices;
import io.zoetrope.gateway.GatewaySettings;
import io.zoetrope.gateway.Health;
import io.zoetrope.gateway.KafkaPublisher;
import io.zoetrope.gateway.SchemaDirectory;
import io.zoetrope.store.MediaStore;
import io.zoetrope.topology.query.VideoQueries;
import java.util.List;
import java.util.Optional;

/** The HTTP API, open from construction. */
final class GatewayRole implements Role {
  private final KafkaPublisher publisher;
  private final Gateway gateway;

  /**
   * Starts to listen.
   *
   * @param others the health of whatever else is in this process
   */
  GatewayRole(
      Cluster cluster,
      GatewaySettings settings,
      MediaStore store,
      VideoQueries queries,
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
                  cluster.embeddedRegistry().map(SchemaDirectory::of).orElse(null)));
    } catch (RuntimeException e) {
      publisher.close();
      throw e;
    }
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
