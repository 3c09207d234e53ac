package io.zoetrope.isolation;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A thread whose work, made anew each time, is taken up again a moment after it failed. Any thread.
 */
public final class RestartingThread {
  private static final Logger LOG = LoggerFactory.getLogger(RestartingThread.class);
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final Thread thread;
  private final Work work;
  private final Predicate<RuntimeException> passing;
  private final Pulse pulse;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private volatile boolean healthy = true;

  /** What the thread does. */
  @FunctionalInterface
  public interface Work {
    /** Returns once {@code running} says no; {@code pulse} is to beat with every turn. */
    void run(BooleanSupplier running, Pulse pulse);
  }

  /**
   * Starts nothing yet.
   *
   * @param limit longer than any turn takes
   * @param passing whether a failure says nothing about the work itself; others are logged as
   *     errors
   */
  public RestartingThread(
      String name, Duration limit, Predicate<RuntimeException> passing, Work work) {
    this.work = work;
    this.passing = passing;
    this.thread = new Thread(this::run, name);
    this.pulse = new Pulse(name, limit);
  }

  public void start() {
    thread.start();
  }

  /** Asks the work to end. */
  public void stop() {
    stopped.countDown();
  }

  /** Waits until it has. */
  public void join() {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Whether it is at work, rather than waiting to try again after a failure. */
  public boolean isHealthy() {
    return healthy && thread.isAlive();
  }

  /** Why it will never be healthy again, in a sentence; empty where it may. */
  public Optional<String> stuck() {
    boolean died = thread.getState() == Thread.State.TERMINATED && running();
    return died ? Optional.of(thread.getName() + " died") : pulse.stuck();
  }

  private boolean running() {
    return stopped.getCount() > 0;
  }

  private void run() {
    while (running()) {
      try {
        healthy = true;
        pulse.beat();
        work.run(this::running, pulse);
      } catch (RuntimeException e) {
        // What was in hand is rolled back; new clients start from what is committed.
        if (!passing.test(e)) {
          LOG.error("{} failed on something that doesn't pass", thread.getName(), e);
        }
        failed(e);
      }
    }
    pulse.rest();
  }

  private void failed(RuntimeException e) {
    healthy = false;
    pulse.beat();
    LOG.warn("{} starts again in {}: {}", thread.getName(), PAUSE, e.toString());
    try {
      stopped.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      stopped.countDown();
    }
  }
}
