package io.zoetrope.gateway;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.zoetrope.gateway.pictures.PictureException;
import io.zoetrope.schemas.EventException;
import io.zoetrope.schemas.ModelChoice;
import io.zoetrope.store.MediaStoreException;
import io.zoetrope.topology.query.QueryException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns whatever goes wrong into a problem document; what it was inside stays in the log. */
final class Problems {
  private static final Logger log = LoggerFactory.getLogger(Problems.class);
  private static final String RETRY_AFTER_SECONDS = "1";

  private Problems() {}

  static void handleIn(RoutesConfig routes) {
    routes.exception(
        ApiException.class, (e, http) -> answer(http, e.status(), e.code(), e.getMessage()));
    routes.exception(
        QueryException.class,
        (e, http) ->
            answer(
                http,
                e.code().equals(QueryException.CURSOR_INVALID) ? 400 : 503,
                e.code(),
                e.getMessage()));
    routes.exception(
        PublishException.class,
        (e, http) -> {
          log.warn("{}", e.getMessage(), e);
          answer(http, 503, e.code(), e.getMessage());
        });
    routes.exception(MediaStoreException.class, Problems::answer);
    routes.exception(PictureException.class, Problems::answer);
    routes.exception(EventException.class, Problems::answer);
    routes.exception(HttpResponseException.class, Problems::answer);
    routes.exception(
        Exception.class,
        (e, http) -> {
          log.error("{} {} failed", http.method(), http.path(), e);
          answer(
              http,
              500,
              "INTERNAL_ERROR",
              "the request failed inside; the log of the service says why");
        });
  }

  private static void answer(MediaStoreException e, Context http) {
    int status =
        switch (e.code()) {
          case "UPLOAD_INCOMPLETE" -> 400;
          case "LOCATION_NOT_FOUND" -> 404;
          case "STORE_BUSY", "STORE_UNREACHABLE" -> 503;
          default -> 500;
        };
    switch (status) {
      case 503 -> log.warn("{} {} has to wait: {}", http.method(), http.path(), e.getMessage());
      case 500 -> log.error("{} {} failed", http.method(), http.path(), e);
      default -> {}
    }
    answer(http, status, e.code(), e.getMessage());
  }

  private static void answer(PictureException e, Context http) {
    int status =
        switch (e.code()) {
          case "VIDEO_UNKNOWN", "RUN_UNKNOWN", "TRACK_UNKNOWN" -> 404;
          case "ORIGINAL_GONE" -> 410;
          case PictureException.UNAVAILABLE,
              PictureException.BUSY,
              "STORE_UNREACHABLE",
              "STORES_NOT_READY" ->
              503;
          case "CLIP_TOO_LONG", "FRAME_UNDECODABLE" -> 422;
          default -> e.code().startsWith("MEDIA_") ? 422 : 500;
        };
    if (status == 500) {
      log.error("{} {} failed", http.method(), http.path(), e);
    }
    answer(http, status, e.code(), e.getMessage());
  }

  private static void answer(EventException e, Context http) {
    switch (e.code()) {
      case "OPTION_INVALID" -> answer(http, 400, e.code(), e.getMessage());
      case "LABEL_UNKNOWN", ModelChoice.UNDECIDED -> answer(http, 422, e.code(), e.getMessage());
      case ModelChoice.AWAITED -> answer(http, 503, e.code(), e.getMessage());
      default -> {
        log.error("{} {} failed", http.method(), http.path(), e);
        answer(http, 503, e.code(), e.getMessage());
      }
    }
  }

  private static void answer(HttpResponseException e, Context http) {
    String request = http.method() + " " + http.path();
    switch (e.getStatus()) {
      case 404 -> answer(http, 404, "ROUTE_UNKNOWN", "there is nothing at " + http.path());
      case 405 -> answer(http, 405, "METHOD_NOT_ALLOWED", request + " isn't served");
      default -> answer(http, e.getStatus(), "REQUEST_INVALID", request + " can't be served");
    }
  }

  private static void answer(Context http, int status, String code, String detail) {
    if (status == 503) {
      http.header("Retry-After", RETRY_AFTER_SECONDS);
    }
    Problem.of(status, code, detail, http.path()).answer(http);
  }
}
