package io.zoetrope.detector;

import io.zoetrope.detector.inference.BatchException;
import io.zoetrope.events.FrameBatch;
import io.zoetrope.isolation.TrialProcess;
import io.zoetrope.media.InputFormat;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Decodes and prepares batches in a child process, to see whether it survives: one at a time, on a
 * thread of its own. The child reads originals through this process, and nothing else.
 */
final class DecodeTrials implements Quarantine.Trials {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration PATIENCE_PER_FRAME = Duration.ofMillis(200);

  /** After which the child, which takes memory, is let go of. */
  private static final Duration IDLE = Duration.ofSeconds(30);

  private final InputFormat format;
  private final BatchReferences references;
  private final TrialProcess process = new TrialProcess(DecodeTrial.class);
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(DecodeTrials::daemon);
  private Future<?> rest = CompletableFuture.completedFuture(null);
  private volatile boolean closed;

  DecodeTrials(InputFormat format, BatchReferences references) {
    this.format = format;
    this.references = references;
  }

  @Override
  public CompletableFuture<Optional<String>> start(FrameBatch batch) {
    CompletableFuture<Optional<String>> verdict = new CompletableFuture<>();
    rest.cancel(false);
    thread.execute(() -> carryOut(batch, verdict));
    rest = thread.schedule(process::close, IDLE.toMillis(), TimeUnit.MILLISECONDS);
    return verdict;
  }

  private void carryOut(FrameBatch batch, CompletableFuture<Optional<String>> verdict) {
    BooleanSupplier abandoned = () -> closed || verdict.isDone();
    if (abandoned.getAsBoolean()) {
      return;
    }
    try {
      verdict.complete(
          process.run(
              new TrialRequest(format, references.resolve(batch)).toBytes(),
              () -> references.original(batch.getChain().getLocation()),
              PATIENCE.plus(PATIENCE_PER_FRAME.multipliedBy(batch.getExpectedFrames())),
              abandoned));
    } catch (BatchException e) {
      // What can't even be read kills nothing, and fails where it is decoded.
      verdict.complete(Optional.empty());
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
