package io.zoetrope.gateway;

import io.zoetrope.schemas.RunDefaults;
import java.util.Map;

/**
 * What the gateway is run with.
 *
 * @param host to listen on, {@code 127.0.0.1} or {@code 0.0.0.0} as a rule
 * @param port to listen on; 0: any that is free
 * @param defaults of runs that don't say otherwise, and the models that they may name
 * @param devices that models run on, by their ids, where they run in this process
 */
public record GatewaySettings(
    String host, int port, RunDefaults defaults, Map<String, String> devices) {
  public GatewaySettings {
    devices = Map.copyOf(devices);
  }
}
