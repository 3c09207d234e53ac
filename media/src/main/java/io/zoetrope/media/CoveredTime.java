package io.zoetrope.media;

import java.time.Duration;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.ffmpeg.global.avutil;

/**
 * How much time the packets of a stream cover. In most containers that's the time since the first
 * packet. In broadcast ones timestamps may jump: back, or ahead by more than a minute, the packet's
 * own duration counts instead, so that a splice makes no long video, nor a short one a video that
 * starts again and again.
 */
final class CoveredTime {
  private static final Duration LONGEST_STEP = Duration.ofMinutes(1);
  // One packet beyond the limit may be a damaged timestamp.
  private static final int TOLERATED = 1;

  private final boolean jumps;
  private final long longestStep;
  private final long most;
  private long covered;
  private long first = avutil.AV_NOPTS_VALUE;
  private long last = avutil.AV_NOPTS_VALUE;
  private int beyond;

  /**
   * Nothing covered yet, of {@code most}.
   *
   * @param jumps whether the container's timestamps may
   */
  CoveredTime(AVRational timeBase, Duration most, boolean jumps) {
    this.jumps = jumps;
    this.most = units(most, timeBase);
    longestStep = units(LONGEST_STEP, timeBase);
  }

  /** Adds the next packet in decoding order. */
  void add(AVPacket packet) {
    long time = packet.dts() == avutil.AV_NOPTS_VALUE ? packet.pts() : packet.dts();
    covered += isStep(time) ? time - last : Math.min(longestStep, Math.max(0, packet.duration()));
    last = time;
    if (first == avutil.AV_NOPTS_VALUE) {
      first = time;
    }
    boolean timed = time != avutil.AV_NOPTS_VALUE && !jumps;
    long total = timed ? sinceFirst(time) : covered;
    beyond = total > most ? beyond + 1 : 0;
  }

  boolean isExceeded() {
    return beyond > TOLERATED;
  }

  private boolean isStep(long time) {
    return last != avutil.AV_NOPTS_VALUE
        && time != avutil.AV_NOPTS_VALUE
        && time >= last
        && time - last >= 0
        && time - last <= longestStep;
  }

  private long sinceFirst(long time) {
    long since = time - first;
    return time > first && since < 0 ? Long.MAX_VALUE : since;
  }

  private static long units(Duration duration, AVRational timeBase) {
    double seconds = duration.toSeconds() + duration.toNanosPart() / 1e9;
    return Math.round(seconds * timeBase.den() / timeBase.num());
  }
}
