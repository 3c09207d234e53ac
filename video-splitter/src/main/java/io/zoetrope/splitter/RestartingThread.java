package io.zoetrope.splitter;

import io.zoetrope.isolation.Pulse;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A thread whose work, made anew each time, is taken up again a moment after it failed. */
final class RestartingThread {
  private static final Logger LOG = LoggerFactory.getLogger(RestartingThread.class);
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final Thread thread;
  private final Work work;
  private final Pulse pulse;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private volatile boolean healthy = true;

  @FunctionalInterface
  interface Work {
    /** Returns once {@code running} says no, and asks it once a turn. */
    void run(BooleanSupplier running);
  }

  /**
   * A thread that isn't started.
   *
   * @param patience after which work that hasn't turned is stuck
   */
  RestartingThread(String name, Duration patience, Work work) {
    this.work = work;
    this.pulse = new Pulse(patience);
    this.thread = new Thread(this::run, name);
  }

  void start() {
    thread.start();
  }

  void stop() {
    stopped.countDown();
  }

  void join() {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  boolean isHealthy() {
    return healthy && thread.isAlive();
  }

  /** Whether it goes on, or may yet; once it doesn't, a new process is needed. */
  boolean isAlive() {
    return thread.getState() == Thread.State.NEW || (thread.isAlive() && pulse.isBeating());
  }

  private boolean running() {
    pulse.beat();
    return stopped.getCount() > 0;
  }

  private void run() {
    while (running()) {
      try {
        healthy = true;
        work.run(this::running);
      } catch (KafkaException e) {
        // What was in hand is rolled back; new clients start from what is committed.
        failed(e);
      } catch (RuntimeException e) {
        LOG.error("{} failed on something other than Kafka", thread.getName(), e);
        failed(e);
      }
    }
  }

  private void failed(RuntimeException e) {
    healthy = false;
    LOG.warn("{} starts again in {}: {}", thread.getName(), PAUSE, e.toString());
    try {
      stopped.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      stopped.countDown();
    }
  }
}
