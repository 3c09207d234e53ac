package io.zoetrope.topology.ledger;

import io.zoetrope.events.Rational;
import io.zoetrope.events.RunRequested;
import io.zoetrope.events.SplitOptions;

/**
 * What a run was asked to be: which frames it takes, and what it makes of the model's raw output.
 *
 * @param confidence lowest confidence of a detection
 * @param iou overlap above which the weaker of two boxes of a class goes
 * @param stream index of the video stream in the container; null for the best one
 * @param maxFps at most so many frames per second of source time; null for every frame
 * @param keyframesOnly only the pictures at which decoding can begin
 * @param filter which detections count
 */
public record RunOptions(
    float confidence,
    float iou,
    Integer stream,
    Double maxFps,
    boolean keyframesOnly,
    RunFilter filter) {

  /** The options of {@code request}, every default filled in. */
  public static RunOptions of(RunRequested request) {
    SplitOptions split = request.getSplit();
    Rational rate = split.getMaxFps();
    return new RunOptions(
        request.getOptions().getConfidence(),
        request.getOptions().getIou(),
        split.getStream() < 0 ? null : (Integer) split.getStream(),
        rate == null ? null : (Double) ((double) rate.getNumerator() / rate.getDenominator()),
        split.getKeyframesOnly(),
        RunFilter.of(request.getOptions()));
  }
}
