package io.zoetrope.assembler;

import io.zoetrope.assembler.RenderWork.Step;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A request of the renders' topic on its way from step to step. Used by one thread, while a planner
 * may be at work on it.
 */
final class RenderJob {
  private static final Logger LOG = LoggerFactory.getLogger(RenderJob.class);
  private static final Duration PAUSE = Duration.ofSeconds(1);

  /** How often who waits to be admitted looks whether it is still wanted. */
  private static final Duration LOOK = Duration.ofMillis(100);

  private final ConsumerRecord<byte[], byte[]> request;
  private final String key;
  private final RenderWork work;
  private final LongSupplier nanos;
  private Optional<CompletableFuture<Step>> step = Optional.empty();
  private final Semaphore admission = new Semaphore(0);
  private long pausedAt;
  private boolean due;
  private volatile boolean abandoned;
  private volatile Stage stage = Stage.AT_WORK;

  /** What a planner is at. */
  private enum Stage {
    AT_WORK,
    /** It waits for others. */
    RESTS,
    /** It waits to be {@link #admit}ted to work again. */
    APPLIES
  }

  /** Nothing is done about it yet. */
  RenderJob(
      ConsumerRecord<byte[], byte[]> request, String key, RenderWork work, LongSupplier nanos) {
    this.request = request;
    this.key = key;
    this.work = work;
    this.nanos = nanos;
    this.pausedAt = nanos.getAsLong() - PAUSE.toNanos();
  }

  ConsumerRecord<byte[], byte[]> request() {
    return request;
  }

  /** Of the render, which nobody else may be at work on. */
  String key() {
    return key;
  }

  /** Whether a planner is at work on it. */
  boolean isBusy() {
    return step.isPresent();
  }

  /** Whether it can go on now. */
  boolean isReady() {
    return !isBusy() && nanos.getAsLong() - pausedAt >= PAUSE.toNanos();
  }

  /** Whether what comes next is the work itself, which a process may die of. */
  boolean isDue() {
    return due;
  }

  /** Has a planner go on with it. */
  void goOn(Executor planners) {
    boolean carryOut = due;
    stage = Stage.AT_WORK;
    step =
        Optional.of(
            CompletableFuture.supplyAsync(() -> carryOut ? carryOut() : work.look(), planners));
  }

  private Step carryOut() {
    work.carryOut(new Supervised());
    return Step.ENDED;
  }

  /** Whether the planner that is busy with it only waits for others. */
  boolean isResting() {
    return stage == Stage.RESTS;
  }

  /** Whether the planner that is busy with it waits to be {@link #admit}ted. */
  boolean isApplying() {
    return stage == Stage.APPLIES;
  }

  /** Lets its planner go on. */
  void admit() {
    stage = Stage.AT_WORK;
    admission.release();
  }

  private final class Supervised implements Supervision {
    @Override
    public boolean isAbandoned() {
      return abandoned;
    }

    @Override
    public void rest() {
      stage = Stage.RESTS;
    }

    @Override
    public void resume() {
      if (stage == Stage.AT_WORK) {
        return;
      }
      stage = Stage.APPLIES;
      try {
        while (!admission.tryAcquire(LOOK.toMillis(), TimeUnit.MILLISECONDS)) {
          Waiting.requireWanted(this::isAbandoned);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new CancellationException("interrupted");
      }
    }
  }

  /** Says that processes died of it, and nothing else is done about it. */
  void giveUp(Executor planners, int deaths) {
    step =
        Optional.of(
            CompletableFuture.supplyAsync(
                () -> {
                  work.giveUp(deaths);
                  return Step.ENDED;
                },
                planners));
  }

  /** Gives it up; a planner that is at work on it stops soon. */
  void abandon() {
    abandoned = true;
  }

  /** Whether it came to its end, or a planner stopped because it was given up. */
  boolean isOver() {
    if (step.isEmpty()) {
      return abandoned;
    }
    if (!step.get().isDone()) {
      return false;
    }
    Step last = outcome(step.get());
    step = Optional.empty();
    pausedAt = last == Step.DUE ? pausedAt : nanos.getAsLong();
    due = last == Step.DUE;
    return abandoned || last == Step.ENDED;
  }

  private Step outcome(CompletableFuture<Step> finished) {
    try {
      return finished.join();
    } catch (CancellationException e) {
      return Step.LATER;
    } catch (CompletionException e) {
      if (e.getCause() instanceof Error fatal) {
        throw fatal;
      }
      if (!(e.getCause() instanceof CancellationException)) {
        LOG.warn("Render {} is tried again: {}", key, e.getCause().toString());
      }
      return Step.LATER;
    }
  }
}
