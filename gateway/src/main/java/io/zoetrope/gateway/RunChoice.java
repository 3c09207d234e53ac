package io.zoetrope.gateway;

import io.zoetrope.events.RunRequested;
import io.zoetrope.events.WantedRun;
import io.zoetrope.schemas.ModelNames;
import io.zoetrope.topology.query.Run;
import java.util.List;
import java.util.stream.Collectors;

/** Which of a video's runs is meant where none is named. */
final class RunChoice {
  private final Wishes wishes;

  RunChoice(Wishes wishes) {
    this.wishes = wishes;
  }

  /**
   * The only run, or of several the one that the installation's defaults are.
   *
   * @param model that the run is of, by id or name; null for any
   * @throws ApiException {@code RUN_UNKNOWN} where there is none, {@code RUN_UNDECIDED}
   */
  Run among(List<Run> runs, String videoId, String location, String model) {
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
