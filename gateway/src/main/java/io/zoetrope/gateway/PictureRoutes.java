package io.zoetrope.gateway;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.zoetrope.gateway.pictures.PictureQuery;
import io.zoetrope.gateway.pictures.PictureQuery.Format;
import io.zoetrope.gateway.pictures.PictureQuery.View;
import io.zoetrope.gateway.pictures.Pictures;
import io.zoetrope.topology.query.Run;
import io.zoetrope.topology.query.Video;
import io.zoetrope.topology.query.VideoQueries;
import java.util.Optional;

/**
 * Pictures and clips of videos, made when they are asked for. The same wish is the same bytes, for
 * as long as the run that it goes by stays as it is.
 */
final class PictureRoutes {
  private static final String VIDEO = "/v1/videos/{videoId}";

  private final VideoQueries queries;
  private final PictureRuns runs;
  private final PictureAnswers answers;

  PictureRoutes(VideoQueries queries, Pictures pictures) {
    this.queries = queries;
    this.runs = new PictureRuns(queries);
    this.answers = new PictureAnswers(pictures);
  }

  void addTo(RoutesConfig routes) {
    routes.get(VIDEO + "/frame", this::frame);
    routes.get(VIDEO + "/thumbnail", this::thumbnail);
    routes.get(VIDEO + "/poster", this::poster);
    routes.get(VIDEO + "/contact-sheet", this::contactSheet);
    routes.get(VIDEO + "/preview", this::preview);
    routes.get(VIDEO + "/clip", this::clip);
    routes.get(VIDEO + "/tracks/{track}/crop", this::trackCrop);
    routes.get(VIDEO + "/tracks/{track}/clip", this::trackClip);
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

  private void clip(Context http) {
    PictureParameters wish = new PictureParameters(http, "from", "to", "audio");
    Subject subject = subject(http, wish);
    answers.answer(
        http,
        subject.run(),
        new PictureQuery.Clip(
            subject.view(), wish.micros("from"), wish.micros("to"), wish.flag("audio")));
  }

  private void trackCrop(Context http) {
    PictureParameters wish = new PictureParameters(http, "format", "width");
    Subject subject = tracked(subject(http, wish));
    answers.answer(
        http,
        subject.run(),
        new PictureQuery.TrackCrop(
            subject.view().plain(), wish.track(), wish.form(Format.JPEG, null)));
  }

  private void trackClip(Context http) {
    PictureParameters wish = new PictureParameters(http, "margin", "audio");
    Subject subject = tracked(subject(http, wish));
    answers.answer(
        http,
        subject.run(),
        new PictureQuery.TrackClip(
            subject.view(), wish.track(), wish.margin(), wish.flag("audio")));
  }

  /** A view, and the run that it goes by. */
  private record Subject(Video video, View view, Optional<Run> run) {
    Subject by(Run chosen) {
      View plain = new View(view.videoId(), chosen.runId(), view.drawing());
      return new Subject(video, plain, Optional.of(chosen));
    }
  }

  private Subject subject(Context http, PictureParameters wish) {
    String videoId = Ids.videoId(http);
    Video video =
        queries.video(videoId).value().orElseThrow(() -> ApiException.videoUnknown(videoId));
    Optional<Run> run = runs.named(video, wish.text("run"), wish.text("model"));
    View view = new View(videoId, run.map(Run::runId).orElse(null), wish.drawing(run.isPresent()));
    return new Subject(video, view, run);
  }

  /** Which frames are telling is told by any run, if there is one. */
  private Subject telling(Subject subject) {
    return subject.run().isPresent()
        ? subject
        : runs.best(subject.video()).map(subject::by).orElse(subject);
  }

  private Subject tracked(Subject subject) {
    Subject found = telling(subject);
    if (found.run().isEmpty()) {
      throw new ApiException(
          404,
          "RUN_UNKNOWN",
          "no run has seen anything of video %s yet".formatted(subject.view().videoId()));
    }
    return found;
  }
}
