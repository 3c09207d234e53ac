package io.zoetrope.gateway;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.zoetrope.gateway.pictures.PictureQuery;
import io.zoetrope.gateway.pictures.PictureQuery.Format;
import io.zoetrope.gateway.pictures.PictureQuery.View;
import io.zoetrope.gateway.pictures.Pictures;
import io.zoetrope.topology.query.Run;
import java.io.IOException;
import java.util.Optional;

/**
 * Pictures and clips of videos, made when they are asked for. The same wish is the same bytes, for
 * as long as the run that it goes by stays as it is.
 */
final class PictureRoutes {
  private static final String VIDEO = "/v1/videos/{videoId}";

  private final RunChoice choice;
  private final PictureAnswers answers;
  private final ClipAnswers clips;

  PictureRoutes(RunChoice choice, Pictures pictures, ClipShelf shelf) {
    this.choice = choice;
    this.answers = new PictureAnswers(pictures);
    this.clips = new ClipAnswers(answers, shelf);
  }

  void addTo(RoutesConfig routes) {
    add(routes, "/frame", this::frame);
    add(routes, "/thumbnail", this::thumbnail);
    add(routes, "/poster", this::poster);
    add(routes, "/contact-sheet", this::contactSheet);
    add(routes, "/preview", this::preview);
    add(routes, "/clip", this::clip);
    add(routes, "/tracks/{track}/crop", this::trackCrop);
    add(routes, "/tracks/{track}/clip", this::trackClip);
  }

  private static void add(RoutesConfig routes, String path, Handler handler) {
    routes.get(VIDEO + path, handler);
    routes.head(VIDEO + path, handler);
  }

  private void frame(Context http) {
    PictureParameters wish = new PictureParameters(http, "at", "format", "width");
    Subject subject = subject(http, wish);
    answers.answer(
        http,
        subject.run(),
        new PictureQuery.Frame(subject.view(), wish.micros("at"), wish.form(Format.JPEG, null)));
  }

  private void thumbnail(Context http) {
    PictureParameters wish = PictureParameters.plain(http, "format", "width");
    Subject subject = telling(subject(http, wish));
    answers.answer(
        http,
        subject.run(),
        new PictureQuery.Poster(
            subject.view(), wish.form(Format.JPEG, PictureParameters.THUMBNAIL_WIDTH)));
  }

  private void poster(Context http) {
    PictureParameters wish = new PictureParameters(http, "format", "width");
    Subject subject = telling(subject(http, wish));
    answers.answer(
        http, subject.run(), new PictureQuery.Poster(subject.view(), wish.form(Format.JPEG, null)));
  }

  private void contactSheet(Context http) {
    PictureParameters wish = new PictureParameters(http, "columns", "rows", "format", "width");
    Subject subject = telling(subject(http, wish));
    answers.answer(
        http,
        subject.run(),
        new PictureQuery.ContactSheet(
            subject.view(),
            wish.number("columns", PictureParameters.SHEET_SIDE),
            wish.number("rows", PictureParameters.SHEET_SIDE),
            wish.form(Format.JPEG, null)));
  }

  private void preview(Context http) {
    PictureParameters wish = new PictureParameters(http, "width");
    Subject subject = telling(subject(http, wish));
    answers.answer(http, subject.run(), new PictureQuery.Preview(subject.view(), wish.width(null)));
  }

  private void clip(Context http) throws IOException {
    PictureParameters wish = new PictureParameters(http, "from", "to", "audio");
    Subject subject = subject(http, wish);
    long from = wish.micros("from");
    long to = wish.micros("to");
    if (to <= Math.max(0, from)) {
      throw ApiException.parameterInvalid(
          "a clip ends after it starts: to must be greater than from, and than 0");
    }
    clips.answer(
        http, subject.run(), new PictureQuery.Clip(subject.view(), from, to, wish.flag("audio")));
  }

  private void trackCrop(Context http) {
    PictureParameters wish = new PictureParameters(http, "format", "width");
    int track = wish.track();
    Subject subject = tracked(subject(http, wish));
    answers.answer(
        http,
        subject.run(),
        new PictureQuery.TrackCrop(subject.view().plain(), track, wish.form(Format.JPEG, null)));
  }

  private void trackClip(Context http) throws IOException {
    PictureParameters wish = new PictureParameters(http, "margin", "audio");
    int track = wish.track();
    Subject subject = tracked(subject(http, wish));
    clips.answer(
        http,
        subject.run(),
        new PictureQuery.TrackClip(subject.view(), track, wish.margin(), wish.flag("audio")));
  }

  /** A view, and the run that it goes by. */
  private record Subject(View view, Optional<Run> run) {
    Subject by(Run chosen) {
      return new Subject(view.by(chosen.runId(), chosen.options().stream()), Optional.of(chosen));
    }
  }

  private Subject subject(Context http, PictureParameters wish) {
    String videoId = Ids.videoId(http);
    String location = choice.location(videoId);
    String wanted = wish.text("run");
    String model = wish.text("model");
    boolean named = wanted != null || model != null;
    View view = new View(videoId, location, null, null, wish.drawing(named));
    Subject subject = new Subject(view, Optional.empty());
    return named ? subject.by(choice.wanted(videoId, location, wanted, model)) : subject;
  }

  /** Which frames are telling is told by any run, if there is one. */
  private Subject telling(Subject subject) {
    return subject.run().isPresent()
        ? subject
        : choice.sawMost(subject.view().videoId()).map(subject::by).orElse(subject);
  }

  /** What a number means depends on the run. */
  private Subject tracked(Subject subject) {
    View view = subject.view();
    return subject.run().isPresent()
        ? subject
        : subject.by(choice.wanted(view.videoId(), view.location(), null, null));
  }
}
