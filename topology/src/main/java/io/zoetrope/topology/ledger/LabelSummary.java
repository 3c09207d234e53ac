package io.zoetrope.topology.ledger;

/**
 * How often, how surely and when a label was seen.
 *
 * @param detections boxes
 * @param frames frames with at least one such box
 * @param maxConfidence 0 to 1
 * @param firstMicros of the first frame with one, from the first displayed frame
 * @param lastMicros of the last frame with one, from the first displayed frame
 */
public record LabelSummary(
    long detections, long frames, float maxConfidence, long firstMicros, long lastMicros) {

  LabelSummary plus(LabelSummary other) {
    return new LabelSummary(
        detections + other.detections,
        frames + other.frames,
        Math.max(maxConfidence, other.maxConfidence),
        Math.min(firstMicros, other.firstMicros),
        Math.max(lastMicros, other.lastMicros));
  }
}
