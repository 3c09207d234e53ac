package io.zoetrope.gateway;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.Map;

/** What operators and probes ask: models, health, metrics. */
final class ServiceRoutes {
  private static final String PROMETHEUS_TEXT = "text/plain; version=0.0.4; charset=utf-8";

  private final GatewaySettings settings;
  private final Health health;
  private final PrometheusMeterRegistry meters;

  ServiceRoutes(GatewaySettings settings, Health health, PrometheusMeterRegistry meters) {
    this.settings = settings;
    this.health = health;
    this.meters = meters;
  }

  void addTo(RoutesConfig routes) {
    routes.get("/v1/models", this::models);
    routes.get("/health/live", http -> report(http, Health.Report.of(health.live())));
    routes.get("/health/ready", http -> report(http, Health.Report.of(health.ready())));
    routes.get("/metrics", http -> http.contentType(PROMETHEUS_TEXT).result(meters.scrape()));
  }

  private void models(Context http) {
    Json.answer(
        http,
        200,
        Map.of(
            "models",
            settings.models(),
            "default",
            settings.defaults().modelId(),
            "labels",
            settings.defaults().labels().byModel(),
            "devices",
            settings.devices()));
  }

  private static void report(Context http, Health.Report report) {
    Json.answer(http, report.up() ? 200 : 503, report);
  }
}
