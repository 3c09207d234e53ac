package io.zoetrope.media;

import static io.zoetrope.media.VideoPacket.NO_TIMESTAMP;

/**
 * Puts packets of sound in time where their container doesn't, or goes back in time: each starts
 * where the one before ends, unless it says something else that can be: silence is kept.
 */
final class SoundTimes {
  private final long longestDisorder;
  private long offset;
  private long end = NO_TIMESTAMP;
  private long last = NO_TIMESTAMP;

  /**
   * Starts with the first packet.
   *
   * @param start what counts as time 0
   * @param longestDisorder a step back by more is another beginning
   */
  SoundTimes(long start, long longestDisorder) {
    offset = -start;
    this.longestDisorder = longestDisorder;
  }

  /** What counts as time 0. */
  long start() {
    return -offset;
  }

  /** When the next packet is heard, counted from time 0; greater than the one before. */
  long place(long dts, long duration) {
    long placed = dts == NO_TIMESTAMP ? known(end, 0) : dts + offset;
    if (end != NO_TIMESTAMP && end - placed > longestDisorder) {
      offset += end - placed;
      placed = end;
    }
    if (last != NO_TIMESTAMP && placed <= last) {
      placed = last + 1;
    }
    last = placed;
    end = placed + duration;
    return placed;
  }

  private static long known(long time, long otherwise) {
    return time == NO_TIMESTAMP ? otherwise : time;
  }
}
