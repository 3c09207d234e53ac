package io.zoetrope.topology.ledger;

import io.zoetrope.events.BatchDetections;
import io.zoetrope.events.Detection;
import io.zoetrope.events.FrameDetections;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What one batch contributes to its run's ledger.
 *
 * @param failed whether it came to nothing as a whole
 * @param placed whether it is known which frames the batch has; always, where it didn't fail
 */
public record BatchTally(
    FrameCounts frames, boolean failed, boolean placed, SortedMap<String, LabelSummary> labels) {
  private static final Comparator<BatchTally> BEST_FIRST =
      Comparator.comparing(BatchTally::failed)
          .thenComparing(tally -> !tally.placed)
          .thenComparingLong(tally -> tally.frames.failed());

  public BatchTally {
    labels = Collections.unmodifiableSortedMap(labels);
  }

  /** Counts a batch. A frame that it should list and doesn't is a failed one. */
  public static BatchTally of(BatchDetections batch) {
    if (batch.getFailure() != null) {
      return new BatchTally(
          FrameCounts.NONE.plusFailed(batch.getExpectedFrames()),
          true,
          batch.getFirstFrame() >= 0,
          new TreeMap<>());
    }
    SortedMap<String, LabelSummary> labels = new TreeMap<>();
    FrameCounts counts =
        FrameCounts.NONE.plusFailed(batch.getExpectedFrames() - batch.getFrames().size());
    for (FrameDetections frame : batch.getFrames()) {
      counts = counts.plus(count(frame));
      summarise(frame, batch.getClassNames())
          .forEach((label, summary) -> labels.merge(label, summary, LabelSummary::plus));
    }
    return new BatchTally(counts, false, true, labels);
  }

  /**
   * Whether this result of a batch is better than {@code other}: a success than a failure, a
   * failure that knows its frames than one that doesn't, and then the one with fewer failed frames.
   */
  public boolean betterThan(BatchTally other) {
    return BEST_FIRST.compare(this, other) < 0;
  }

  /** The name of a class, its number where the model has no name for it. */
  public static String label(List<String> classNames, int classId) {
    return classId >= 0 && classId < classNames.size()
        ? classNames.get(classId)
        : Integer.toString(classId);
  }

  private static FrameCounts count(FrameDetections frame) {
    return switch (frame.getStatus()) {
      case PROCESSED -> new FrameCounts(1, 0, 0, 0);
      case DAMAGED -> new FrameCounts(1, 1, 0, 0);
      case FAILED -> new FrameCounts(0, 0, 1, 0);
      case HIDDEN -> new FrameCounts(0, 0, 0, 1);
    };
  }

  private static Map<String, LabelSummary> summarise(
      FrameDetections frame, List<String> classNames) {
    Map<String, LabelSummary> labels = new HashMap<>();
    long time = frame.getPtsMicros();
    for (Detection detection : frame.getDetections()) {
      labels.merge(
          label(classNames, detection.getClassId()),
          new LabelSummary(1, 1, detection.getConfidence(), time, time),
          (seen, again) ->
              new LabelSummary(
                  seen.detections() + 1,
                  1,
                  Math.max(seen.maxConfidence(), again.maxConfidence()),
                  time,
                  time));
    }
    return labels;
  }
}
