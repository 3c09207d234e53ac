package io.zoetrope.assembler.segments;

import io.zoetrope.events.MarkedFrames;
import io.zoetrope.events.SegmentRendered;
import java.util.List;

/**
 * What a segment became.
 *
 * @param firstFrame index within the split of the segment's first expected frame
 * @param frames pictures in it; 0: nothing was written
 * @param headerBytes how many bytes come before the fragment
 * @param durationMicros from its first picture to the end of its last
 * @param failedFrames those that are marked instead of annotated, and why, in their order
 */
public record Rendered(
    long firstFrame,
    int frames,
    long sizeBytes,
    long headerBytes,
    long durationMicros,
    List<MarkedFrames> failedFrames) {
  public Rendered {
    failedFrames = List.copyOf(failedFrames);
  }

  /** The same as an event, which doesn't say yet where the file is. */
  public SegmentRendered event(int sequence) {
    return new SegmentRendered(
        sequence,
        firstFrame,
        frames,
        null,
        null,
        sizeBytes,
        headerBytes,
        durationMicros,
        failedFrames);
  }
}
