package io.zoetrope.isolation;

import java.nio.channels.SeekableByteChannel;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Trials in a child process, one after the other, on a thread of its own. The child reads originals
 * through this process, and nothing else. Started and closed by one thread.
 */
public final class Trials implements AutoCloseable {
  /** After which the child, which takes memory, is let go of. */
  private static final Duration IDLE = Duration.ofSeconds(30);

  private final TrialProcess process;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(Trials::daemon);
  private Future<?> rest = CompletableFuture.completedFuture(null);
  private volatile boolean closed;

  /** What is to be tried; its methods are called on the trials' thread. */
  public interface Trial {
    /** What the child is told; empty where it turns out that there is nothing to try. */
    Optional<byte[]> request();

    /** What the child may read; opened when it first does, and closed at the end. */
    SeekableByteChannel original();

    /** In which the child has to end, or to read on. */
    Duration patience();
  }

  /** As {@link TrialProcess#TrialProcess}. */
  public Trials(Class<?> main) {
    process = new TrialProcess(main);
  }

  /**
   * How a process dies of this, as the end of a sentence; empty where it doesn't. The future fails
   * as the trial's own methods do; to cancel it is to give the trial up.
   */
  public CompletableFuture<Optional<String>> start(Trial trial) {
    CompletableFuture<Optional<String>> verdict = new CompletableFuture<>();
    rest.cancel(false);
    thread.execute(() -> carryOut(trial, verdict));
    rest = thread.schedule(process::close, IDLE.toMillis(), TimeUnit.MILLISECONDS);
    return verdict;
  }

  private void carryOut(Trial trial, CompletableFuture<Optional<String>> verdict) {
    BooleanSupplier abandoned = () -> closed || verdict.isDone();
    if (abandoned.getAsBoolean()) {
      return;
    }
    try {
      verdict.complete(
          trial
              .request()
              .flatMap(r -> process.run(r, trial::original, trial.patience(), abandoned).death()));
    } catch (RuntimeException e) {
      verdict.completeExceptionally(e);
    } finally {
      if (closed) {
        process.close();
      }
    }
  }

  /** Gives up what is being tried, and ends the child. */
  @Override
  public void close() {
    closed = true;
    process.close();
    thread.shutdownNow();
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "zoetrope-trial");
    thread.setDaemon(true);
    return thread;
  }
}
