package io.zoetrope.assembler.segments;

import io.zoetrope.media.PacketBatch;
import io.zoetrope.media.Rational;
import io.zoetrope.media.VideoPacket;
import io.zoetrope.media.VideoStream;
import java.util.Comparator;
import java.util.List;

/**
 * From the times that a stream's frames carry to times in an annotated video, which only go
 * forward. They differ by where time starts; but where a stream's own times jump back, as they do
 * in recordings that were put together, the frames go on after those before them. All in units of
 * the stream's time base.
 */
public final class FrameClock {
  private static final Rational FALLBACK_RATE = new Rational(25, 1);

  private final long frameDuration;
  private long startPts;
  private long last = Long.MIN_VALUE;

  /**
   * Starts before a frame.
   *
   * @param startPts what counts as time 0 for the frames that follow
   */
  public FrameClock(VideoStream stream, long startPts) {
    this.startPts = startPts;
    frameDuration = frameDuration(stream);
  }

  /** How long a frame is shown whose stream says nothing else; at least 1. */
  static long frameDuration(VideoStream stream) {
    Rational rate = stream.frameRate().isKnown() ? stream.frameRate() : FALLBACK_RATE;
    double ticks = 1 / (rate.toDouble() * stream.timeBase().toDouble());
    return Math.max(1, Math.round(ticks));
  }

  /**
   * Takes the next batch of the video, and gives what counts as time 0 for it: {@link
   * io.zoetrope.events.SegmentRequested#getStartPts()}.
   */
  public long startOf(PacketBatch batch) {
    List<VideoPacket> frames = frames(batch);
    long start = startPts;
    for (int i = 0; i < frames.size(); i++) {
      at(frames.get(i).pts());
      start = i == 0 ? startPts : start;
    }
    return start;
  }

  /** The packets of a batch's expected frames, in the order in which they are shown. */
  static List<VideoPacket> frames(PacketBatch batch) {
    return batch
        .allPackets()
        .filter(VideoPacket::emit)
        .sorted(Comparator.comparingInt(VideoPacket::frame))
        .toList();
  }

  /** When the next frame is shown; no earlier than the one before it. */
  long at(long pts) {
    if (last != Long.MIN_VALUE && pts - startPts < last) {
      startPts = pts - (last + frameDuration);
    }
    last = pts - startPts;
    return last;
  }
}
