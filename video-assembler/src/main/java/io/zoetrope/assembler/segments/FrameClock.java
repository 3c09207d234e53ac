package io.zoetrope.assembler.segments;

import io.zoetrope.media.PacketBatch;
import io.zoetrope.media.Rational;
import io.zoetrope.media.VideoPacket;
import io.zoetrope.media.VideoStream;
import java.util.Comparator;
import java.util.List;

/**
 * From the times that a stream's frames carry to times in an annotated video, each of which is
 * later than the one before. They differ by where time starts; but where a stream's own times jump
 * back, as they do in recordings that were put together, the frames go on after those before them.
 * All in units of the stream's time base. Goes through a video once; one thread.
 */
final class FrameClock {
  private static final Rational FALLBACK_RATE = new Rational(25, 1);

  /** A step back by more is another beginning; by less, frames that came in a wrong order. */
  private static final double LONGEST_DISORDER_SECONDS = 1;

  private final long frameDuration;
  private final long longestDisorder;
  private long startPts;

  /** Of all frames so far the latest, by the time that it carries and by the one it was given. */
  private long latest = Long.MIN_VALUE;

  private long last = -1;

  /**
   * Starts before the first frame.
   *
   * @param startPts what counts as time 0
   */
  FrameClock(VideoStream stream, long startPts) {
    this.startPts = startPts;
    frameDuration = frameDuration(stream);
    longestDisorder = Math.round(LONGEST_DISORDER_SECONDS / stream.timeBase().toDouble());
  }

  /** How long a frame is shown whose stream says nothing else; at least 1. */
  private static long frameDuration(VideoStream stream) {
    Rational rate = stream.frameRate().isKnown() ? stream.frameRate() : FALLBACK_RATE;
    double ticks = 1 / (rate.toDouble() * stream.timeBase().toDouble());
    return Math.max(1, Math.round(ticks));
  }

  /** When each expected frame of the video's next batch is shown, in the order of the frames. */
  List<Long> timesOf(PacketBatch batch) {
    return frames(batch).stream().map(frame -> at(frame.pts())).toList();
  }

  /** When the last frame of a batch, after which none follows, has been shown. */
  long endOf(PacketBatch batch) {
    List<VideoPacket> frames = frames(batch);
    long duration = frames.isEmpty() ? 0 : frames.get(frames.size() - 1).duration();
    return last + (duration > 0 ? duration : frameDuration);
  }

  /** The packets of a batch's expected frames, in the order in which they are shown. */
  private static List<VideoPacket> frames(PacketBatch batch) {
    return batch
        .allPackets()
        .filter(VideoPacket::emit)
        .sorted(Comparator.comparingInt(VideoPacket::frame))
        .toList();
  }

  /** When the next frame is shown. */
  private long at(long pts) {
    long time = pts - startPts;
    if (latest != Long.MIN_VALUE && latest - time > longestDisorder) {
      time = last + frameDuration;
      startPts = pts - time;
      latest = time;
    }
    latest = Math.max(latest, time);
    last = Math.max(time, last + 1);
    return last;
  }
}
