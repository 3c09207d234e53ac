package io.zoetrope.gateway;

import io.zoetrope.events.RunRequested;
import io.zoetrope.schemas.Keys;
import io.zoetrope.topology.ledger.RunLedger;
import io.zoetrope.topology.ledger.RunOptions;
import io.zoetrope.topology.ledger.Split;
import io.zoetrope.topology.ledger.Standing;
import io.zoetrope.topology.query.Run;
import io.zoetrope.topology.query.Video;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Runs, and videos with them, that were accepted a moment ago, so that the Location of a 202 is
 * never a 404. Any thread.
 */
final class AcceptedVideos {
  private final RecentlyAccepted<Accepted> recently;

  private record Accepted(RunRequested request, Video.Submission submission) {}

  AcceptedVideos(Clock clock) {
    this.recently = new RecentlyAccepted<>(clock);
  }

  /**
   * Remembers a run.
   *
   * @param submission that it came with; null where the video was there
   */
  void add(RunRequested request, Video.Submission submission) {
    recently.add(
        Keys.run(request.getVideoId(), request.getRunId()), new Accepted(request, submission));
  }

  Optional<Run> run(String videoId, String runId) {
    return recently.get(Keys.run(videoId, runId)).map(accepted -> waiting(accepted.request()));
  }

  /** A video that was submitted here. */
  Optional<Video> video(String videoId) {
    List<Accepted> ofVideo = of(videoId).filter(accepted -> accepted.submission() != null).toList();
    return ofVideo.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Video(
                videoId,
                ofVideo.stream().map(Accepted::submission).distinct().toList(),
                null,
                ofVideo.stream().map(accepted -> waiting(accepted.request())).toList()));
  }

  Optional<String> location(String videoId) {
    return of(videoId).map(accepted -> accepted.request().getLocation()).findFirst();
  }

  private Stream<Accepted> of(String videoId) {
    return recently.all().stream()
        .filter(accepted -> accepted.request().getVideoId().equals(videoId));
  }

  private static Run waiting(RunRequested request) {
    RunLedger ledger =
        RunLedger.empty(request.getSplitId(), request.getModelId())
            .withOptions(RunOptions.of(request));
    return Run.of(
        request.getVideoId(),
        request.getRunId(),
        ledger,
        Standing.of(request.getRunId(), ledger, Split.UNKNOWN),
        List.of());
  }
}
