package io.zoetrope.topology.ledger;

import io.zoetrope.events.SplitCompleted;
import io.zoetrope.events.SplitEvent;
import io.zoetrope.events.SplitProgress;
import io.zoetrope.events.VideoRejected;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What is known of a split so far. Facts stand once they are known, runs are only ever added, and a
 * rejection stands until the cutting goes on after all: so an event that comes twice, or late,
 * takes nothing back.
 *
 * @param runIds the runs whose batches are, or are being, published
 * @param pendingRunIds those of them that the last pass over the video is, or was, for; the others
 *     have had every batch before it
 * @param published how many batches the last pass has published, from the first on
 * @param estimatedFrames of the whole video, as its container has it; null while unknown
 * @param facts null until the whole video is cut
 * @param rejection why it can't be cut for the pending runs, else null
 */
public record Split(
    SortedSet<String> runIds,
    SortedSet<String> pendingRunIds,
    int published,
    Long estimatedFrames,
    SplitFacts facts,
    Reason rejection) {
  /** A split that nothing is known of. */
  public static final Split UNKNOWN =
      new Split(new TreeSet<>(), new TreeSet<>(), 0, null, null, null);

  public Split {
    runIds = Collections.unmodifiableSortedSet(runIds);
    pendingRunIds = Collections.unmodifiableSortedSet(pendingRunIds);
  }

  /** This split after {@code event}. */
  public Split after(SplitEvent event) {
    SortedSet<String> runs = new TreeSet<>(runIds);
    runs.addAll(event.getRunIds());
    if (event.getState() instanceof SplitCompleted completed) {
      return completed(runs, SplitFacts.of(completed));
    }
    if (event.getState() instanceof SplitProgress progress) {
      return progressed(runs, progress);
    }
    return rejected(runs, event.getRunIds(), (VideoRejected) event.getState());
  }

  /** How many batches, from the first on, were published for a run. */
  public int published(String runId) {
    if (!runIds.contains(runId)) {
      return 0;
    }
    if (pendingRunIds.contains(runId)) {
      return published;
    }
    return facts == null ? 0 : facts.batches();
  }

  private Split completed(SortedSet<String> runs, SplitFacts found) {
    return new Split(runs, new TreeSet<>(), found.batches(), estimatedFrames, found, null);
  }

  private Split progressed(SortedSet<String> runs, SplitProgress progress) {
    Long estimate =
        progress.getEstimatedFrames() == null ? estimatedFrames : progress.getEstimatedFrames();
    if (facts != null && progress.getCompleted() == null) {
      // A later pass knows what an earlier one found; so this is of the first, and comes late.
      return new Split(runs, pendingRunIds, published, estimate, facts, null);
    }
    SortedSet<String> pending = new TreeSet<>(progress.getPendingRunIds());
    int next = progress.getNextSequence();
    return new Split(
        runs,
        pending,
        pending.equals(pendingRunIds) ? Math.max(published, next) : next,
        estimate,
        factsFrom(progress.getCompleted()),
        null);
  }

  private Split rejected(SortedSet<String> runs, List<String> concerned, VideoRejected rejected) {
    Collection<String> ended =
        rejected.getPendingRunIds().isEmpty() ? concerned : rejected.getPendingRunIds();
    return new Split(
        runs,
        new TreeSet<>(ended),
        0,
        estimatedFrames,
        factsFrom(rejected.getCompleted()),
        new Reason(rejected.getCode(), rejected.getMessage()));
  }

  private SplitFacts factsFrom(SplitCompleted completed) {
    return completed == null ? facts : SplitFacts.of(completed);
  }
}
