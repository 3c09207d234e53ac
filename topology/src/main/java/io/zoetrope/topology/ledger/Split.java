package io.zoetrope.topology.ledger;

import io.zoetrope.events.SplitCompleted;
import io.zoetrope.events.SplitEvent;
import io.zoetrope.events.SplitProgress;
import io.zoetrope.events.VideoRejected;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What is known of a split so far. Facts stand once they are known, runs are only ever added, and a
 * rejection stands until the cutting goes on after all: so an event that comes twice, or late,
 * takes nothing back.
 *
 * @param runIds the runs whose batches are, or are being, published
 * @param estimatedFrames of the whole video, as its container has it; null while unknown
 * @param facts null until the whole video is cut
 * @param rejection why it can't be cut, else null
 */
public record Split(
    SortedSet<String> runIds, Long estimatedFrames, SplitFacts facts, Reason rejection) {
  /** A split that nothing is known of. */
  public static final Split UNKNOWN = new Split(new TreeSet<>(), null, null, null);

  public Split {
    runIds = Collections.unmodifiableSortedSet(runIds);
  }

  /** This split after {@code event}. */
  public Split after(SplitEvent event) {
    SortedSet<String> runs = new TreeSet<>(runIds);
    runs.addAll(event.getRunIds());
    if (event.getState() instanceof SplitCompleted completed) {
      return new Split(runs, estimatedFrames, factsFrom(completed), null);
    }
    if (event.getState() instanceof SplitProgress progress) {
      Long estimate = progress.getEstimatedFrames();
      return new Split(
          runs,
          estimate == null ? estimatedFrames : estimate,
          factsFrom(progress.getCompleted()),
          null);
    }
    VideoRejected rejected = (VideoRejected) event.getState();
    return new Split(
        runs, estimatedFrames, facts, new Reason(rejected.getCode(), rejected.getMessage()));
  }

  private SplitFacts factsFrom(SplitCompleted completed) {
    return completed == null ? facts : SplitFacts.of(completed);
  }
}
