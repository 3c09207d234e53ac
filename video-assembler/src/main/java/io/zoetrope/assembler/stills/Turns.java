package io.zoetrope.assembler.stills;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Lets so many at a time make pictures; the others wait a little. Any thread. */
final class Turns {
  private static final long PATIENCE_SECONDS = 10;

  private final Semaphore free;

  Turns(int atOnce) {
    free = new Semaphore(atOnce, true);
  }

  /** Does it, once there is room. */
  <T> T take(Supplier<T> work) {
    try {
      if (!free.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw busy();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw busy();
    }
    try {
      return work.get();
    } finally {
      free.release();
    }
  }

  private static StillException busy() {
    return new StillException(
        StillException.BUSY,
        "as many pictures are made as can be at a time; ask again in a moment");
  }
}
