package io.zoetrope.splitter;

import io.zoetrope.events.RunRequested;
import io.zoetrope.events.SplitCompleted;
import io.zoetrope.events.SplitEvent;
import io.zoetrope.events.SplitProgress;
import io.zoetrope.events.VideoRejected;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * One way through a video: which runs its batches are for and from which sequence on they are still
 * to be published. What it says of itself as {@link SplitEvent}s is all that another process needs
 * to go on with it.
 *
 * @param served runs that earlier passes published every batch for
 * @param completed what an earlier pass found, or null
 */
record SplitPass(
    List<RunRequested> runs,
    int firstSequence,
    long framesBefore,
    List<String> served,
    SplitCompleted completed) {

  /**
   * Those of {@code requests}, all of one split, that one pass can be for: where a pass was
   * interrupted, the ones that it was for, so that it goes on where it was.
   *
   * @param last the split's last event, or null
   */
  static List<Request<RunRequested>> together(
      List<Request<RunRequested>> requests, SplitEvent last) {
    if (last == null || !(last.getState() instanceof SplitProgress interrupted)) {
      return requests;
    }
    List<String> pending = interrupted.getPendingRunIds();
    List<Request<RunRequested>> own =
        requests.stream().filter(request -> pending.contains(request.event().getRunId())).toList();
    boolean complete =
        own.stream()
            .map(request -> request.event().getRunId())
            .collect(Collectors.toSet())
            .containsAll(pending);
    return complete ? own : requests;
  }

  /**
   * The pass that {@code requests}, all of one split, still need. A run that is asked for more than
   * once is one.
   *
   * @param last the split's last event, or null
   * @return a pass without runs where every batch is published for all of them
   */
  static SplitPass of(List<RunRequested> requests, SplitEvent last) {
    if (last == null) {
      return new SplitPass(without(requests, List.of()), 0, 0, List.of(), null);
    }
    if (last.getState() instanceof VideoRejected rejected) {
      List<String> served = new ArrayList<>();
      if (rejected.getCompleted() != null) {
        served.addAll(last.getRunIds());
        served.removeAll(rejected.getPendingRunIds());
      }
      return new SplitPass(without(requests, served), 0, 0, served, rejected.getCompleted());
    }
    if (last.getState() instanceof SplitCompleted completed) {
      return new SplitPass(without(requests, last.getRunIds()), 0, 0, last.getRunIds(), completed);
    }
    SplitProgress progress = (SplitProgress) last.getState();
    List<String> served = new ArrayList<>(last.getRunIds());
    served.removeAll(progress.getPendingRunIds());
    List<RunRequested> wanted = without(requests, served);
    boolean resumable =
        wanted.stream()
            .map(RunRequested::getRunId)
            .collect(Collectors.toSet())
            .equals(Set.copyOf(progress.getPendingRunIds()));
    return resumable
        ? new SplitPass(
            wanted,
            progress.getNextSequence(),
            progress.getExpectedFrames(),
            served,
            progress.getCompleted())
        : new SplitPass(wanted, 0, 0, served, progress.getCompleted());
  }

  /**
   * After {@code frames} frames, and before {@code nextSequence}, of a video of about {@code
   * estimatedFrames}.
   */
  SplitEvent progress(int nextSequence, long frames, Long estimatedFrames) {
    return event(
        new SplitProgress(nextSequence, frames, estimatedFrames, pendingRunIds(), completed));
  }

  SplitEvent completed(SplitCompleted facts) {
    return event(facts);
  }

  SplitEvent rejected(Rejection rejection) {
    return event(
        new VideoRejected(rejection.code(), rejection.message(), pendingRunIds(), completed));
  }

  private SplitEvent event(Object state) {
    RunRequested any = runs.get(0);
    Set<String> runIds = new LinkedHashSet<>(served);
    runIds.addAll(pendingRunIds());
    return new SplitEvent(any.getVideoId(), any.getSplitId(), List.copyOf(runIds), state);
  }

  private List<String> pendingRunIds() {
    return runs.stream().map(RunRequested::getRunId).toList();
  }

  private static List<RunRequested> without(List<RunRequested> requests, List<String> served) {
    Map<String, RunRequested> others = new LinkedHashMap<>();
    requests.stream()
        .filter(request -> !served.contains(request.getRunId()))
        .forEach(request -> others.putIfAbsent(request.getRunId(), request));
    return List.copyOf(others.values());
  }
}
