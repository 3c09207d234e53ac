package io.zoetrope.gateway;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.zoetrope.events.RunRequested;
import io.zoetrope.schemas.Topics;
import io.zoetrope.topology.ledger.RunStatus;
import io.zoetrope.topology.query.Answer;
import io.zoetrope.topology.query.DetectionPage;
import io.zoetrope.topology.query.DetectionQuery;
import io.zoetrope.topology.query.Run;
import io.zoetrope.topology.query.RunDigest;
import io.zoetrope.topology.query.RunKeys;
import io.zoetrope.topology.query.Video;
import io.zoetrope.topology.query.VideoPage;
import io.zoetrope.topology.query.VideoQueries;
import java.util.List;
import java.util.Optional;

/** Videos, their runs and what was found; and further runs over videos that are already there. */
final class VideoRoutes {
  /** How many records the stores' owner may have that the answer lacks. */
  static final String STALE = "Zoetrope-Stale";

  private static final int VIDEOS = 100;
  private static final int MOST_VIDEOS = 1_000;
  private static final int RUNS = 1_000;
  private static final int MOST_RUNS = 10_000;
  private static final int FRAMES = 1_000;
  private static final int MOST_FRAMES = 10_000;

  private final VideoQueries queries;
  private final Publisher publisher;
  private final Wishes wishes;
  private final AcceptedVideos accepted;

  private record AcceptedRun(String videoId, String runId, String modelId) {}

  VideoRoutes(VideoQueries queries, Publisher publisher, Wishes wishes, AcceptedVideos accepted) {
    this.queries = queries;
    this.publisher = publisher;
    this.wishes = wishes;
    this.accepted = accepted;
  }

  void addTo(RoutesConfig routes) {
    routes.get("/v1/videos", this::videos);
    routes.get("/v1/runs", this::runs);
    routes.get("/v1/videos/{videoId}", this::video);
    routes.post("/v1/videos/{videoId}/runs", this::request);
    routes.get("/v1/videos/{videoId}/runs/{runId}", this::run);
    routes.get("/v1/videos/{videoId}/runs/{runId}/detections", this::detections);
    routes.get("/v1/videos/{videoId}/runs/{runId}/digest", this::digest);
  }

  private void videos(Context http) {
    Parameters parameters = new Parameters(http, "limit", "cursor");
    VideoPage page =
        told(
            http,
            queries.videos(
                Topics.RUNS.everyPartition(),
                parameters.limit(VIDEOS, MOST_VIDEOS),
                parameters.text("cursor")));
    Json.answer(http, 200, page);
  }

  private void runs(Context http) {
    Parameters parameters = new Parameters(http, "limit", "after");
    RunKeys runs =
        told(
            http,
            queries.runKeys(
                Topics.RUNS.everyPartition(),
                parameters.limit(RUNS, MOST_RUNS),
                parameters.text("after")));
    Json.answer(http, 200, runs);
  }

  private void video(Context http) {
    new Parameters(http);
    String videoId = Ids.videoId(http);
    Video video =
        told(http, queries.video(videoId))
            .or(() -> accepted.video(videoId))
            .orElseThrow(() -> ApiException.videoUnknown(videoId));
    Json.answer(http, 200, video);
  }

  private void run(Context http) {
    new Parameters(http);
    String videoId = Ids.videoId(http);
    String runId = Ids.runId(videoId, http.pathParam("runId"));
    Run run =
        told(http, queries.run(videoId, runId))
            .or(() -> accepted.run(videoId, runId))
            .orElseThrow(() -> ApiException.runUnknown(videoId, runId));
    Json.answer(http, 200, run);
  }

  private void detections(Context http) {
    Parameters parameters =
        new Parameters(http, "from", "to", "label", "minConfidence", "limit", "cursor");
    String videoId = Ids.videoId(http);
    String runId = Ids.runId(videoId, http.pathParam("runId"));
    DetectionQuery query =
        new DetectionQuery(
            videoId,
            runId,
            parameters.micros("from"),
            parameters.micros("to"),
            parameters.texts("label"),
            parameters.fraction("minConfidence"),
            parameters.limit(FRAMES, MOST_FRAMES),
            parameters.text("cursor"));
    DetectionPage page =
        told(http, queries.detections(query))
            .or(() -> accepted.run(videoId, runId).map(VideoRoutes::nothingYet))
            .orElseThrow(() -> ApiException.runUnknown(videoId, runId));
    Json.answer(http, 200, page);
  }

  private void digest(Context http) {
    new Parameters(http);
    String videoId = Ids.videoId(http);
    String runId = Ids.runId(videoId, http.pathParam("runId"));
    RunDigest digest =
        told(http, queries.digest(videoId, runId))
            .orElseThrow(() -> ApiException.runUnknown(videoId, runId));
    Json.answer(http, 200, digest);
  }

  private void request(Context http) {
    new Parameters(http);
    String videoId = Ids.videoId(http);
    Wish wish = Json.wish(http.body(), Wish.class, Wish.PARAMETERS);
    String location =
        queries
            .location(videoId)
            .value()
            .or(() -> accepted.location(videoId))
            .orElseThrow(() -> ApiException.videoUnknown(videoId));
    RunRequested run = wishes.run(videoId, location, wishes.complete(wish));
    if (isWanting(queries.run(videoId, run.getRunId()).value())) {
      publisher.publish(run);
      accepted.add(run, null);
    }
    http.header("Location", "/v1/videos/" + videoId + "/runs/" + run.getRunId());
    Json.answer(http, 202, new AcceptedRun(videoId, run.getRunId(), run.getModelId()));
  }

  // What is there or on its way needs no second request; what could not be cut, as its bytes could
  // not be had, may be now, and batches that failed as a whole are tried again.
  private static boolean isWanting(Optional<Run> run) {
    return run.map(
            known ->
                known.status() == RunStatus.REJECTED
                    || (known.status() == RunStatus.INCOMPLETE && known.batches().failed() > 0))
        .orElse(true);
  }

  /** The value of {@code answer}; where it is behind, the answer to {@code http} says so. */
  static <T> T told(Context http, Answer<T> answer) {
    if (answer.stale()) {
      http.header(STALE, Long.toString(answer.behind()));
    }
    return answer.value();
  }

  private static DetectionPage nothingYet(Run run) {
    return new DetectionPage(run.videoId(), run.runId(), run.modelId(), List.of(), null);
  }
}
