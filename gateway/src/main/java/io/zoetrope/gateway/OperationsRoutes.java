package io.zoetrope.gateway;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;

/** What probes and monitoring ask: health, metrics. */
final class OperationsRoutes {
  private static final String PROMETHEUS_TEXT = "text/plain; version=0.0.4; charset=utf-8";

  private final Health health;
  private final PrometheusMeterRegistry meters;

  OperationsRoutes(Health health, PrometheusMeterRegistry meters) {
    this.health = health;
    this.meters = meters;
  }

  void addTo(RoutesConfig routes) {
    routes.get("/health/live", http -> report(http, Health.Report.of(health.live())));
    routes.get("/health/ready", http -> report(http, Health.Report.of(health.ready())));
    routes.get("/metrics", http -> http.contentType(PROMETHEUS_TEXT).result(meters.scrape()));
  }

  private static void report(Context http, Health.Report report) {
    Json.answer(http, report.up() ? 200 : 503, report);
  }
}
