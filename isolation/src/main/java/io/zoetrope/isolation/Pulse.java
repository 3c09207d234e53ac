package io.zoetrope.isolation;

import java.time.Duration;
import java.util.Optional;

/**
 * Tells whether somebody's work still goes on: it beats with every turn, and who hasn't for longer
 * than any turn takes is stuck. Beaten by one thread, asked by any.
 */
public final class Pulse {
  private final String name;
  private final long limitNanos;
  private volatile boolean resting = true;
  private volatile long lastNanos = System.nanoTime();

  /**
   * Rests until it first beats.
   *
   * @param name of whose work it is, as the beginning of a sentence
   * @param limit longer than any turn takes
   */
  public Pulse(String name, Duration limit) {
    this.name = name;
    this.limitNanos = limit.toNanos();
  }

  /** The work goes on. */
  public void beat() {
    lastNanos = System.nanoTime();
    resting = false;
  }

  /** Until it next beats there is nothing to do, which may take any time. */
  public void rest() {
    resting = true;
  }

  /** A sentence that says that the work is stuck; empty where it isn't. */
  public Optional<String> stuck() {
    // A beat writes the time first, so whoever doesn't see it rest sees a time after the rest.
    boolean quiet = resting;
    long silence = System.nanoTime() - lastNanos;
    return quiet || silence <= limitNanos
        ? Optional.empty()
        : Optional.of(
            "%s has been at the same thing for %d s"
                .formatted(name, Duration.ofNanos(silence).toSeconds()));
  }
}
