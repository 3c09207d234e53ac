package io.zoetrope.media;

import java.time.Duration;

/**
 * How much may be read, and for how long, before something has to come of it. Keeps a demuxer that
 * goes round in circles from doing so for ever.
 */
final class ReadAllowance {
  // Even a read that brings nothing counts, or else the end could be read for ever.
  private static final int LEAST = 512;

  private final long bytes;
  private final long nanos;
  private final long start = System.nanoTime();
  private long left;

  private ReadAllowance(long bytes, long nanos) {
    this.bytes = bytes;
    this.nanos = nanos;
    left = bytes;
  }

  static ReadAllowance of(long bytes, Duration time) {
    long nanos = time.toSeconds() > Integer.MAX_VALUE ? Long.MAX_VALUE : time.toNanos();
    return new ReadAllowance(bytes, nanos);
  }

  static ReadAllowance ofBytes(long bytes) {
    return new ReadAllowance(bytes, Long.MAX_VALUE);
  }

  void spend(int count) {
    left -= Math.max(LEAST, count);
  }

  /** Something came of it: all of the bytes are there again. */
  void renew() {
    left = bytes;
  }

  boolean isSpent() {
    return left < 0 || System.nanoTime() - start > nanos;
  }
}
