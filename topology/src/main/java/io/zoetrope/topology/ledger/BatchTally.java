package io.zoetrope.topology.ledger;

import io.zoetrope.events.BatchDetections;
import io.zoetrope.events.Detection;
import io.zoetrope.events.FrameDetections;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What one batch contributes to its run's ledger.
 *
 * @param failed whether it came to nothing as a whole
 */
public record BatchTally(
    FrameCounts frames, boolean failed, SortedMap<String, LabelSummary> labels) {

  public BatchTally {
    labels = Collections.unmodifiableSortedMap(labels);
  }

  /** Counts a batch. A frame that it should list and doesn't is a failed one. */
  public static BatchTally of(BatchDetections batch) {
    if (batch.getFailure() != null) {
      return new BatchTally(
          FrameCounts.NONE.plusFailed(batch.getExpectedFrames()), true, new TreeMap<>());
    }
    SortedMap<String, LabelSummary> labels = new TreeMap<>();
    FrameCounts counts =
        FrameCounts.NONE.plusFailed(batch.getExpectedFrames() - batch.getFrames().size());
    for (FrameDetections frame : batch.getFrames()) {
      counts = counts.plus(count(frame));
      summarise(frame, batch.getClassNames())
          .forEach((label, summary) -> labels.merge(label, summary, LabelSummary::plus));
    }
    return new BatchTally(counts, false, labels);
  }

  /**
   * Whether this result of a batch takes the place of {@code first}: only where it fails less, so
   * that success replaces failure and never the other way round.
   */
  public boolean replaces(BatchTally first) {
    return frames.failed() < first.frames.failed() || (first.failed && !failed);
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
