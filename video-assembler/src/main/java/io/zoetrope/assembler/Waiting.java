package io.zoetrope.assembler;

import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Waiting for what happens elsewhere. */
final class Waiting {
  private Waiting() {}

  /**
   * Returns after {@code time}, which is short.
   *
   * @throws CancellationException where nobody waits any more
   */
  static void pause(Duration time, BooleanSupplier abandoned) {
    requireWanted(abandoned);
    try {
      TimeUnit.NANOSECONDS.sleep(time.toNanos());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted");
    }
    requireWanted(abandoned);
  }

  /** Does nothing unless nobody waits any more. */
  static void requireWanted(BooleanSupplier abandoned) {
    if (abandoned.getAsBoolean()) {
      throw new CancellationException("given up");
    }
  }
}
