package io.zoetrope.gateway;

import io.zoetrope.events.RunRequested;
import io.zoetrope.events.WantedRun;
import io.zoetrope.schemas.ModelNames;
import io.zoetrope.topology.ledger.RunStatus;
import io.zoetrope.topology.query.Run;
import io.zoetrope.topology.query.Video;
import io.zoetrope.topology.query.VideoQueries;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Which of a video's runs a request means, for whatever is made of runs. */
final class RunChoice {
  private static final Comparator<Run> BY_WORTH =
      Comparator.comparing((Run run) -> run.status() != RunStatus.RUNNING)
          .thenComparing(run -> run.frames().processed())
          // Any order will do as long as it is always the same.
          .thenComparing(Run::runId, Comparator.reverseOrder());

  private final VideoQueries queries;
  private final AcceptedVideos accepted;
  private final Wishes wishes;

  RunChoice(VideoQueries queries, AcceptedVideos accepted, Wishes wishes) {
    this.queries = queries;
    this.accepted = accepted;
    this.wishes = wishes;
  }

  /** Where the original of a video is. */
  String location(String videoId) {
    return queries
        .location(videoId)
        .value()
        .or(() -> accepted.location(videoId))
        .orElseThrow(() -> ApiException.videoUnknown(videoId));
  }

  /**
   * The run that a request names; else the only one that it can mean, or of several the one that
   * the installation's defaults are.
   *
   * @param location of the video's original
   * @param wanted the id of a run; null: any
   * @param model that the run is of, by id or name; null: any
   * @throws ApiException {@code RUN_UNKNOWN} where there is none, {@code RUN_UNDECIDED}
   */
  Run wanted(String videoId, String location, String wanted, String model) {
    if (wanted == null) {
      return among(runs(videoId), videoId, location, model);
    }
    if (model != null) {
      throw ApiException.parameterInvalid("a run has its model; leave model= or run= out");
    }
    String runId = Ids.runId(videoId, wanted);
    return queries
        .run(videoId, runId)
        .value()
        .or(() -> accepted.run(videoId, runId))
        .orElseThrow(() -> ApiException.runUnknown(videoId, runId));
  }

  /** The run that saw most of the video; empty where none has seen any of it. */
  Optional<Run> sawMost(String videoId) {
    return runs(videoId).stream().filter(run -> run.frames().processed() > 0).max(BY_WORTH);
  }

  private List<Run> runs(String videoId) {
    return queries
        .video(videoId)
        .value()
        .or(() -> accepted.video(videoId))
        .map(Video::runs)
        .orElse(List.of());
  }

  private Run among(List<Run> runs, String videoId, String location, String model) {
    List<Run> candidates = runs;
    if (model != null) {
      List<String> meant =
          ModelNames.meant(model, runs.stream().map(Run::modelId).distinct().toList());
      candidates = runs.stream().filter(run -> meant.contains(run.modelId())).toList();
    }
    if (candidates.isEmpty()) {
      throw new ApiException(
          404,
          "RUN_UNKNOWN",
          model == null
              ? "video %s has no run".formatted(videoId)
              : "video %s has no run of %s; ask for one first".formatted(videoId, model));
    }
    if (candidates.size() == 1) {
      return candidates.get(0);
    }
    List<String> models = candidates.stream().map(Run::modelId).distinct().toList();
    WantedRun plain =
        WantedRun.newBuilder().setModelId(models.size() == 1 ? models.get(0) : null).build();
    RunRequested usual = wishes.run(videoId, location, plain);
    return candidates.stream()
        .filter(run -> run.runId().equals(usual.getRunId()))
        .findFirst()
        .orElseThrow(() -> undecided(videoId, model, models, runs));
  }

  private static ApiException undecided(
      String videoId, String model, List<String> models, List<Run> runs) {
    return new ApiException(
        422,
        "RUN_UNDECIDED",
        "video %s has several runs%s; choose one with run=: %s"
            .formatted(
                videoId,
                model == null ? "" : " of " + model,
                runs.stream()
                    .filter(run -> models.contains(run.modelId()))
                    .map(run -> run.runId() + " (" + run.modelId() + ")")
                    .collect(Collectors.joining(", "))));
  }
}
