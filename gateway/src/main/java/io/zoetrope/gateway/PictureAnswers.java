package io.zoetrope.gateway;

import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.zoetrope.gateway.pictures.PictureException;
import io.zoetrope.gateway.pictures.PictureJson;
import io.zoetrope.gateway.pictures.PictureQuery;
import io.zoetrope.gateway.pictures.Pictures;
import io.zoetrope.gateway.pictures.RemotePictures;
import io.zoetrope.gateway.pictures.Rendered;
import io.zoetrope.topology.query.Run;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/** Has pictures made and sends them, unless the client has them already. */
final class PictureAnswers {
  /** To be raised when the same wish gives other bytes than before. */
  private static final int VERSION = 2;

  private static final String FOR_A_DAY = "private, max-age=86400";
  private static final String IF_UNCHANGED = "private, no-cache";

  private final Pictures pictures;

  /** {@code pictures} is null where nobody makes any. */
  PictureAnswers(Pictures pictures) {
    this.pictures = pictures;
  }

  /**
   * Answers with a picture, or that it hasn't changed.
   *
   * @param run that it goes by, and that may still find more
   */
  void answer(Context http, Optional<Run> run, PictureQuery query) {
    String tag = '"' + version(run, query) + '"';
    boolean known = EntityTags.isAmong(http.header("If-None-Match"), tag);
    // What goes wrong is nothing to be kept.
    Rendered made = known ? null : make(query);
    http.header("ETag", tag);
    http.header("Cache-Control", keeping(run));
    if (known) {
      // A cache would take over another one from a 304.
      http.contentType(query.mediaType()).status(304);
    } else {
      send(http, made);
    }
  }

  /** Answers another instance. */
  void answer(Context http, PictureQuery query) {
    send(http, make(query));
  }

  /** How long it may be kept. */
  static String keeping(Optional<Run> run) {
    return run.isPresent() ? IF_UNCHANGED : FOR_A_DAY;
  }

  /** Has it made. */
  Rendered make(PictureQuery query) {
    if (pictures == null) {
      throw unavailable();
    }
    return pictures.make(query);
  }

  static PictureException unavailable() {
    return new PictureException(
        PictureException.UNAVAILABLE,
        "this gateway knows no assembler, and only those make pictures");
  }

  private static void send(Context http, Rendered made) {
    if (made.ptsMicros() != null) {
      http.header(RemotePictures.FRAME_MICROS, made.ptsMicros().toString());
    }
    if (made.note() != null) {
      http.header(RemotePictures.NOTE, made.note());
    }
    http.contentType(made.mediaType());
    http.res().setContentLengthLong(made.sizeBytes());
    if (http.method().equals(HandlerType.HEAD)) {
      made.close();
    } else {
      // Closed by whoever sends it.
      http.result(made.bytes());
    }
  }

  /** What no other bytes of the same wish have. */
  static String version(Optional<Run> run, PictureQuery query) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(PictureJson.write(query));
      digest.update(
          (VERSION + run.map(PictureAnswers::state).orElse("")).getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest.digest(), 0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String state(Run run) {
    return "/%s/%s/%d/%d"
        .formatted(run.runId(), run.status(), run.revision(), run.frames().processed());
  }
}
