package io.zoetrope.gateway;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.zoetrope.schemas.EventException;
import io.zoetrope.schemas.ModelChoice;
import java.util.LinkedHashMap;
import java.util.Map;

/** {@code GET /v1/models}: which models runs can name, as far as is known at the moment. */
final class ModelRoutes {
  private final ModelChoice models;
  private final Map<String, String> devices;

  ModelRoutes(GatewaySettings settings) {
    this.models = settings.defaults().models();
    this.devices = settings.devices();
  }

  void addTo(RoutesConfig routes) {
    routes.get("/v1/models", this::models);
  }

  private void models(Context http) {
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("models", models.ids());
    answer.put("default", defaultId());
    answer.put("labels", models.labels().byModel());
    answer.put("devices", devices);
    Json.answer(http, 200, answer);
  }

  /** Null where a run has to name its model. */
  private String defaultId() {
    try {
      return models.defaultId();
    } catch (EventException undecided) {
      return null;
    }
  }
}
