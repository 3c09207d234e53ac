package io.zoetrope.detector.inference;

import io.zoetrope.detector.boxes.Detection;
import java.util.List;
import java.util.Optional;

/**
 * What became of one expected frame.
 *
 * @param index of the frame in the whole split
 * @param ptsMicros microseconds from the split's first displayed frame
 * @param failure why, where the status is {@link Status#FAILED}
 * @param width of the upright picture in pixels, likewise {@code height}; 0 where there is none
 * @param detections for each run, in the request's order, by descending confidence
 */
public record FrameResult(
    long index,
    long ptsMicros,
    Status status,
    Optional<Failure> failure,
    int width,
    int height,
    List<List<Detection>> detections) {
  /** The four ends that an expected frame can come to. */
  public enum Status {
    PROCESSED,
    /** Processed, but the decoder reported errors in the picture. */
    DAMAGED,
    /** There are no detections, and a reason why. */
    FAILED,
    /** The packet turned out to show nothing. */
    HIDDEN
  }
}
