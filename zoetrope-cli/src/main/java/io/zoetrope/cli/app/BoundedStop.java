package io.zoetrope.cli.app;

import java.time.Duration;

/**
 * Sees to it that a process ends in bounded time, whatever its parts do: when the JVM is told to
 * stop, it closes them, and halts where that takes too long. What was in hand is on record, and is
 * taken up from what is committed. Any thread.
 */
final class BoundedStop {
  private static final int FAILED = 1;
  private static final int STUCK = 70;

  /** Less than the half minute after which supervisors kill. */
  private static final Duration PATIENCE = Duration.ofSeconds(28);

  private static final Duration PATIENCE_AFTER_FAILURE = Duration.ofSeconds(5);

  private final OpenParts parts;
  private final Thread hook = new Thread(this::onSignal, "zoetrope-shutdown");

  private BoundedStop(OpenParts parts) {
    this.parts = parts;
  }

  /** From now on. */
  static BoundedStop of(OpenParts parts) {
    BoundedStop stop = new BoundedStop(parts);
    Runtime.getRuntime().addShutdownHook(stop.hook);
    return stop;
  }

  /** Closes the parts however long it takes; the JVM needn't. */
  void close() {
    parts.close();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException stopping) {
      // The hook runs already, and waits for nothing more.
    }
  }

  /** Closes the parts, of which one has failed, or halts. */
  void giveUp() {
    if (!isDone(parts::close, PATIENCE_AFTER_FAILURE)) {
      Runtime.getRuntime().halt(FAILED);
    }
  }

  private void onSignal() {
    if (!isDone(parts::close, PATIENCE)) {
      System.err.println(
          "zoetrope: SHUTDOWN_STUCK: what was in hand could not be finished within "
              + PATIENCE.toSeconds()
              + " s; it is taken up again from what is committed");
      Runtime.getRuntime().halt(STUCK);
    }
  }

  /** Whether {@code work} is done within {@code patience}; else it goes on by itself. */
  static boolean isDone(Runnable work, Duration patience) {
    Thread worker = new Thread(work, "zoetrope-close");
    worker.setDaemon(true);
    worker.start();
    try {
      worker.join(patience.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return !worker.isAlive();
  }
}
