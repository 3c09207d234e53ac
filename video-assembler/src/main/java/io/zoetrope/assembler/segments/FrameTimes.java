package io.zoetrope.assembler.segments;

import io.zoetrope.batches.BatchException;
import io.zoetrope.events.SegmentRequested;
import java.util.List;

/**
 * When each expected frame of a segment is shown, in units of the stream's time base from time 0 of
 * the annotated video: each later than the one before, and the last one before the segment ends.
 *
 * @param starts of each expected frame
 * @param end when the last frame has been shown
 */
public record FrameTimes(List<Long> starts, long end) {
  public FrameTimes {
    starts = List.copyOf(starts);
  }

  /**
   * Those of a request that may come from anywhere.
   *
   * @throws BatchException {@code SEGMENT_INVALID} where they can't be
   */
  static FrameTimes of(SegmentRequested request) {
    FrameTimes times = new FrameTimes(request.getStarts(), request.getEnd());
    if (times.starts.size() != request.getBatch().getExpectedFrames() || !times.goForward()) {
      throw new BatchException(
          "SEGMENT_INVALID", "It doesn't tell when each frame is shown, one after the other.");
    }
    return times;
  }

  private boolean goForward() {
    long earliest = 0;
    for (long start : starts) {
      if (start < earliest) {
        return false;
      }
      earliest = start + 1;
    }
    return starts.isEmpty() || end >= earliest;
  }
}
