package io.zoetrope.gateway;

import io.zoetrope.events.RunRequested;
import io.zoetrope.topology.ledger.RunLedger;
import io.zoetrope.topology.ledger.RunOptions;
import io.zoetrope.topology.ledger.Split;
import io.zoetrope.topology.ledger.Standing;
import io.zoetrope.topology.query.Run;
import io.zoetrope.topology.query.Video;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What was accepted a moment ago and may not have reached the stores yet, so that the Location of a
 * 202 is never a 404. Bounded in number and time. Any thread.
 */
final class AcceptedVideos {
  private static final int MOST = 1_000;
  private static final Duration KEPT = Duration.ofMinutes(1);

  private final Clock clock;
  private final Map<String, Entry> entries = new LinkedHashMap<>();

  private record Entry(Instant until, RunRequested request, Video.Submission submission) {}

  AcceptedVideos(Clock clock) {
    this.clock = clock;
  }

  /**
   * Remembers a run.
   *
   * @param submission that it came with; null where the video was there
   */
  synchronized void add(RunRequested request, Video.Submission submission) {
    Instant now = clock.instant();
    entries.values().removeIf(entry -> entry.until().isBefore(now));
    if (entries.size() == MOST) {
      entries.remove(entries.keySet().iterator().next());
    }
    String key = request.getVideoId() + "/" + request.getRunId();
    entries.remove(key);
    entries.put(key, new Entry(now.plus(KEPT), request, submission));
  }

  synchronized Optional<Run> run(String videoId, String runId) {
    return Optional.ofNullable(entries.get(videoId + "/" + runId))
        .filter(this::current)
        .map(entry -> waiting(entry.request()));
  }

  /** A video that was submitted here. */
  synchronized Optional<Video> video(String videoId) {
    List<Entry> ofVideo =
        entries.values().stream()
            .filter(entry -> entry.request().getVideoId().equals(videoId))
            .filter(entry -> entry.submission() != null && current(entry))
            .toList();
    return ofVideo.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Video(
                videoId,
                ofVideo.stream().map(Entry::submission).distinct().toList(),
                null,
                ofVideo.stream().map(entry -> waiting(entry.request())).toList()));
  }

  synchronized Optional<String> location(String videoId) {
    return entries.values().stream()
        .filter(entry -> entry.request().getVideoId().equals(videoId) && current(entry))
        .map(entry -> entry.request().getLocation())
        .findFirst();
  }

  private boolean current(Entry entry) {
    return !entry.until().isBefore(clock.instant());
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
