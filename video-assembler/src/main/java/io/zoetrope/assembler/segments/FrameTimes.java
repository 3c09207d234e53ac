package io.zoetrope.assembler.segments;

import io.zoetrope.media.PacketBatch;
import io.zoetrope.media.VideoPacket;
import io.zoetrope.media.VideoStream;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;

/**
 * When each expected frame of a segment is shown, in units of the stream's time base from time 0 of
 * the annotated video: each later than the one before, and the last one before the segment ends.
 *
 * @param starts of each expected frame
 * @param end when the last frame has been shown
 */
record FrameTimes(List<Long> starts, long end) {
  FrameTimes {
    starts = List.copyOf(starts);
  }

  /**
   * Times of a batch.
   *
   * @param startPts what counts as time 0
   * @param endPts when the first frame of the segment that follows is shown, if one does
   */
  static FrameTimes of(PacketBatch batch, VideoStream stream, long startPts, OptionalLong endPts) {
    List<VideoPacket> frames = FrameClock.frames(batch);
    FrameClock clock = new FrameClock(stream, startPts);
    long[] starts = new long[frames.size()];
    for (int i = 0; i < starts.length; i++) {
      starts[i] = clock.at(frames.get(i).pts());
    }
    goForward(starts);
    long end = 0;
    if (endPts.isPresent()) {
      end = clock.at(endPts.getAsLong());
      for (int i = starts.length - 1, latest = 1; i >= 0; i--, latest++) {
        starts[i] = Math.min(starts[i], end - latest);
      }
      goForward(starts);
    } else if (starts.length > 0) {
      long duration = frames.get(starts.length - 1).duration();
      end = starts[starts.length - 1];
      end += duration > 0 ? duration : FrameClock.frameDuration(stream);
    }
    return new FrameTimes(Arrays.stream(starts).boxed().toList(), end);
  }

  /** Parts frames of one time, as coarse clocks have them, and those from before time 0. */
  private static void goForward(long[] starts) {
    long earliest = 0;
    for (int i = 0; i < starts.length; i++) {
      starts[i] = Math.max(starts[i], earliest);
      earliest = starts[i] + 1;
    }
  }
}
