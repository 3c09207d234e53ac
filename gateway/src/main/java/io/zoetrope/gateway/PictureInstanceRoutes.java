package io.zoetrope.gateway;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.zoetrope.gateway.pictures.PictureJson;
import io.zoetrope.gateway.pictures.PictureQuery;
import io.zoetrope.gateway.pictures.RemotePictures;
import java.io.IOException;

/** Wishes for pictures that other instances pass on to one that makes them. */
final class PictureInstanceRoutes {
  private final InternalPictures internal;
  private final PictureAnswers answers;

  PictureInstanceRoutes(InternalPictures internal) {
    this.internal = internal;
    this.answers = new PictureAnswers(internal.pictures());
  }

  void addTo(RoutesConfig routes) {
    routes.post(RemotePictures.PATH, this::answer);
  }

  private void answer(Context http) {
    InstanceRoutes.requireSecret(http, internal.secret());
    answers.answer(http, query(http.bodyAsBytes()));
  }

  private static PictureQuery query(byte[] body) {
    try {
      return PictureJson.read(body);
    } catch (IOException e) {
      throw new ApiException(
          400,
          "BODY_INVALID",
          "this release knows no such picture; run the same release on every instance");
    }
  }
}
