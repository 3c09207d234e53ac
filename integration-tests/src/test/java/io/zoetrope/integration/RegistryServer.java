package io.zoetrope.integration;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.zoetrope.gateway.Gateway;
import io.zoetrope.gateway.GatewayServices;
import io.zoetrope.gateway.GatewaySettings;
import io.zoetrope.gateway.Health;
import io.zoetrope.gateway.SchemaDirectory;
import io.zoetrope.schemas.RunDefaults;
import io.zoetrope.schemas.registry.LogSchemaRegistry;
import java.util.Map;

/** A schema registry on a free port of this machine. */
public final class RegistryServer {
  private RegistryServer() {}

  /** A gateway of which only the registry's routes are asked; the caller closes it. */
  public static Gateway of(LogSchemaRegistry schemas) {
    return new Gateway(
        new GatewaySettings("127.0.0.1", 0, new RunDefaults("none", 0, 0, 0), Map.of()),
        new GatewayServices(
            null,
            null,
            null,
            new Health(Map.of(), Map.of()),
            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT),
            SchemaDirectory.of(schemas)));
  }
}
