package io.zoetrope.assembler.tracking;

/**
 * How a {@link Tracker} decides. Distances of a pair are 1 minus the overlap of its boxes
 * (intersection over union), 0 to 1; where confidence counts, 1 minus overlap × confidence.
 *
 * @param sureConfidence from which on a detection may continue any track; one below it only
 *     continues a track that was seen a frame before, which is what ByteTrack is about
 * @param newConfidence from which on a detection that fits no track begins one
 * @param sureDistance that a track and a sure detection may have at most, confidence counted
 * @param unsureDistance that a track and an unsure detection may have at most
 * @param tentativeDistance that a track which was seen only once and a sure detection may have at
 *     most, confidence counted
 * @param duplicateDistance below which a lost track and one that goes on are the same object
 * @param lostMicros how long a track is waited for while it isn't seen
 * @param lostFrames for how many frames it is waited for even if they take longer
 */
public record TrackerOptions(
    float sureConfidence,
    float newConfidence,
    double sureDistance,
    double unsureDistance,
    double tentativeDistance,
    double duplicateDistance,
    long lostMicros,
    int lostFrames) {
  /**
   * Those of ByteTrack, whose frames have 1/30 s, but for its confidences of 0.6 and 0.7: here runs
   * keep detections from 0.25 on by default, of models of any make. On real traffic and people a
   * higher confidence left many boxes without a number, and a lower one broke tracks in two.
   */
  public static final TrackerOptions DEFAULT =
      new TrackerOptions(0.4f, 0.5f, 0.8, 0.5, 0.7, 0.15, 1_000_000, 2);
}
