package io.zoetrope.assembler;

import io.zoetrope.events.RenderRequested;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A render that was asked for, on its way: it waits for its run, and then for a planner. Used by
 * one thread, while a planner may be at work on it.
 */
final class RenderJob {
  private static final Logger LOG = LoggerFactory.getLogger(RenderJob.class);
  private static final Duration PAUSE = Duration.ofSeconds(1);

  /** In which the topology hears of a run that was asked for together with the render. */
  private static final Duration ACQUAINTANCE = Duration.ofMinutes(2);

  private final ConsumerRecord<byte[], byte[]> request;
  private final String key;
  private final RenderRequested render;
  private final RenderPlanner planner;
  private final long born = System.nanoTime();
  private Optional<CompletableFuture<Outcome>> work = Optional.empty();
  private long pausedAt = System.nanoTime() - PAUSE.toNanos();
  private boolean due;
  private volatile boolean abandoned;

  /** How a planner left it. */
  private enum Outcome {
    /** The run goes on, or something that passes is in the way. */
    LATER,
    /** The run has ended. */
    DUE,
    /** There is nothing more to do. */
    ENDED
  }

  /** Nothing is done about it yet. */
  RenderJob(
      ConsumerRecord<byte[], byte[]> request,
      String key,
      RenderRequested render,
      RenderPlanner planner) {
    this.request = request;
    this.key = key;
    this.render = render;
    this.planner = planner;
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
    return work.isPresent();
  }

  /** Whether it can go on now. */
  boolean isReady() {
    return !isBusy() && System.nanoTime() - pausedAt >= PAUSE.toNanos();
  }

  /** Whether what comes next is the work itself, which a process may die of. */
  boolean isDue() {
    return due;
  }

  /** Has a planner go on with it. */
  void goOn(Executor planners) {
    boolean plan = due;
    work = Optional.of(CompletableFuture.supplyAsync(() -> plan ? plan() : look(), planners));
  }

  /** Says that processes died of it, and nothing else is done about it. */
  void giveUp(Executor planners, int deaths) {
    work =
        Optional.of(
            CompletableFuture.supplyAsync(
                () ->
                    fail(
                        "MEDIA_CRASHED",
                        deaths + " processes ended while they cut the video; convert it."),
                planners));
  }

  /** Gives it up; a planner that is at work on it stops soon. */
  void abandon() {
    abandoned = true;
  }

  boolean isAbandoned() {
    return abandoned;
  }

  /** Whether it came to its end, or a planner stopped because it was given up. */
  boolean isOver() {
    if (work.isEmpty()) {
      return abandoned;
    }
    if (!work.get().isDone()) {
      return false;
    }
    Outcome outcome = outcome(work.get());
    work = Optional.empty();
    pausedAt = outcome == Outcome.DUE ? pausedAt : System.nanoTime();
    due = outcome == Outcome.DUE;
    return abandoned || outcome == Outcome.ENDED;
  }

  private Outcome outcome(CompletableFuture<Outcome> finished) {
    try {
      return finished.join();
    } catch (CancellationException e) {
      return Outcome.LATER;
    } catch (CompletionException e) {
      if (e.getCause() instanceof Error fatal) {
        throw fatal;
      }
      LOG.warn("Render {} is tried again: {}", render.getRenderId(), e.getCause().toString());
      return Outcome.LATER;
    }
  }

  private Outcome look() {
    Optional<Boolean> ended = planner.isDue(render);
    if (ended.isEmpty() && System.nanoTime() - born > ACQUAINTANCE.toNanos()) {
      return fail("RUN_NOT_FOUND", "Nobody asked for the run that the video is to show.");
    }
    return ended.orElse(false) ? Outcome.DUE : Outcome.LATER;
  }

  private Outcome plan() {
    planner.plan(render, () -> abandoned);
    return Outcome.ENDED;
  }

  private Outcome fail(String code, String sentence) {
    planner.fail(render, 0, new RenderException(code, sentence));
    return Outcome.ENDED;
  }
}
