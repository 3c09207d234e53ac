package io.zoetrope.isolation;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Tells a loop that goes round from one that is stuck. The loop's thread beats, any thread asks.
 */
public final class Pulse {
  private final long patienceNanos;
  private final LongSupplier nanoTime;
  private volatile long lastBeat;

  /**
   * One that has just beaten.
   *
   * @param patience after which a loop that hasn't gone round is stuck
   */
  public Pulse(Duration patience) {
    this(patience, System::nanoTime);
  }

  /** With another clock, for tests. */
  Pulse(Duration patience, LongSupplier nanoTime) {
    this.patienceNanos = patience.toNanos();
    this.nanoTime = nanoTime;
    this.lastBeat = nanoTime.getAsLong();
  }

  /** The loop has gone round once more. */
  public void beat() {
    lastBeat = nanoTime.getAsLong();
  }

  /** Whether it did so of late. */
  public boolean isBeating() {
    return nanoTime.getAsLong() - lastBeat <= patienceNanos;
  }
}
