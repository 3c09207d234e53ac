package io.zoetrope.topology.query;

import java.util.Set;

/**
 * Which of a run's frames and detections are wanted.
 *
 * @param fromMicros from the first displayed frame, inclusive; null: from the first frame
 * @param toMicros exclusive; null: to the last frame
 * @param labels wanted labels; none: all
 * @param minConfidence null: all
 * @param limit frames at most, 1 or more
 * @param cursor of the page before; null for the first page
 */
public record DetectionQuery(
    String videoId,
    String runId,
    Long fromMicros,
    Long toMicros,
    Set<String> labels,
    Float minConfidence,
    int limit,
    String cursor) {

  public DetectionQuery {
    labels = Set.copyOf(labels);
  }

  /** Every frame of a run, from the first. */
  public static DetectionQuery all(String videoId, String runId, int limit) {
    return new DetectionQuery(videoId, runId, null, null, Set.of(), null, limit, null);
  }

  /** Whether detections are chosen from, so that a frame with none of them isn't listed. */
  public boolean selective() {
    return !labels.isEmpty() || minConfidence != null;
  }

  /** Whether a frame of this time is wanted; one of unknown time is where every time is. */
  public boolean wantsTime(Long ptsMicros) {
    if (ptsMicros == null) {
      return fromMicros == null && toMicros == null;
    }
    return (fromMicros == null || ptsMicros >= fromMicros)
        && (toMicros == null || ptsMicros < toMicros);
  }

  /** Whether a detection is wanted. */
  public boolean wants(String label, float confidence) {
    return (labels.isEmpty() || labels.contains(label))
        && (minConfidence == null || confidence >= minConfidence);
  }
}
