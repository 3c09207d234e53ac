package io.zoetrope.gateway;

import io.zoetrope.schemas.RunDefaults;
import java.util.List;
import java.util.Map;

/**
 * What the gateway is run with.
 *
 * @param host to listen on, {@code 127.0.0.1} or {@code 0.0.0.0} as a rule
 * @param port to listen on; 0: any that is free
 * @param defaults of runs that don't say otherwise
 * @param models that runs may name
 * @param devices that they run on, by their ids
 */
public record GatewaySettings(
    String host, int port, RunDefaults defaults, List<String> models, Map<String, String> devices) {
  public GatewaySettings {
    models = List.copyOf(models);
    devices = Map.copyOf(devices);
  }
}
