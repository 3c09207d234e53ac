package io.zoetrope.assembler.annotation;

import io.zoetrope.events.FrameStatus;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One expected frame of a run.
 *
 * @param frame its index within the split
 * @param ptsMicros microseconds from whatever counts as time 0; empty where a failure left it
 *     unknown
 * @param failure the code of what it failed with
 * @param width of the upright picture in pixels, likewise {@code height}; 0 where there is none
 * @param objects by descending confidence; none where it wasn't detected in
 */
public record RunFrame(
    long frame,
    OptionalLong ptsMicros,
    FrameStatus status,
    Optional<String> failure,
    int width,
    int height,
    List<RunObject> objects) {
  public RunFrame {
    objects = List.copyOf(objects);
  }

  /** The same frame, shown at another time. */
  public RunFrame at(long micros) {
    return new RunFrame(frame, OptionalLong.of(micros), status, failure, width, height, objects);
  }

  boolean isDetectedIn() {
    return (status == FrameStatus.PROCESSED || status == FrameStatus.DAMAGED)
        && width > 0
        && height > 0;
  }
}
