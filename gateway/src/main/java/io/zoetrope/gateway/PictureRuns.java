package io.zoetrope.gateway;

import io.zoetrope.schemas.ModelNames;
import io.zoetrope.topology.ledger.RunStatus;
import io.zoetrope.topology.query.Run;
import io.zoetrope.topology.query.Video;
import io.zoetrope.topology.query.VideoQueries;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Which run a picture of a video goes by: the one that is named, or the one that saw most. */
final class PictureRuns {
  private static final Comparator<Run> BY_WORTH =
      Comparator.comparing((Run run) -> run.status() != RunStatus.RUNNING)
          .thenComparing(run -> run.frames().processed())
          // Any order will do as long as it is always the same.
          .thenComparing(Run::runId, Comparator.reverseOrder());

  private final VideoQueries queries;

  PictureRuns(VideoQueries queries) {
    this.queries = queries;
  }

  /** The one that {@code runId} or {@code model} names; empty where both are null. */
  Optional<Run> named(Video video, String runId, String model) {
    if (runId != null && model != null) {
      throw ApiException.parameterInvalid("run and model say the same; give one of them");
    }
    if (runId != null) {
      return Optional.of(
          queries
              .run(video.videoId(), runId)
              .value()
              .orElseThrow(() -> ApiException.runUnknown(video.videoId(), runId)));
    }
    if (model == null) {
      return Optional.empty();
    }
    List<String> models = video.runs().stream().map(Run::modelId).distinct().toList();
    List<String> meant = ModelNames.meant(model, models);
    return Optional.of(
        best(video.runs().stream().filter(run -> meant.contains(run.modelId())).toList())
            .orElseThrow(
                () ->
                    new ApiException(
                        404,
                        "RUN_UNKNOWN",
                        "there is no run of a model %s over video %s"
                            .formatted(model, video.videoId()))));
  }

  /** The run that saw most of the video; empty where none has seen any of it. */
  Optional<Run> best(Video video) {
    return best(video.runs());
  }

  private static Optional<Run> best(List<Run> runs) {
    return runs.stream().filter(run -> run.frames().processed() > 0).max(BY_WORTH);
  }
}
