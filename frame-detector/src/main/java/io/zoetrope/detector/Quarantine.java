package io.zoetrope.detector;

import io.zoetrope.detector.inference.Failure;
import io.zoetrope.events.FrameBatch;
import io.zoetrope.isolation.Attempt;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * Batches that may kill the process: those that were in hand when one died, and those of a split
 * that a trial died of. One after the other, they are tried in a child process first. What that
 * dies of is failed; what it survives goes to the workers. Where a second process died all the
 * same, the next such batch waits for it, so that a third death tells which one it was. A chain's
 * batches keep their order behind one that is held. One thread.
 */
final class Quarantine implements AutoCloseable {
  /** The code of a batch that kills whatever process decodes it. */
  static final String DECODER_CRASHED = "DECODER_CRASHED";

  private static final int MAX_REMEMBERED = 1000;

  /** Where batches are decoded to see what dies of it. */
  interface Trials extends AutoCloseable {
    /**
     * How a process dies of this batch, as the end of a sentence; empty where it doesn't. The
     * future fails where nothing can be said; to cancel it is to give the trial up.
     */
    CompletableFuture<Optional<String>> start(FrameBatch batch);

    @Override
    void close();
  }

  private final Trials trials;
  private final SetAside setAside;
  private final Deque<Held> held = new ArrayDeque<>();
  private final Set<String> dangerousSplits = remembered();
  private final Set<ChainKey> brokenChains = remembered();
  private Optional<CompletableFuture<Optional<String>>> trial = Optional.empty();
  private Optional<PendingBatch> watched = Optional.empty();

  private record Held(FetchedBatch batch, int deaths) {
    PendingBatch pending() {
      return batch.pending();
    }
  }

  /**
   * Takes ownership of the trials.
   *
   * @param setAside gets the records of what is failed here
   */
  Quarantine(Trials trials, SetAside setAside) {
    this.trials = trials;
    this.setAside = setAside;
  }

  /**
   * Whether the batch was taken in; if not, it may go to the workers.
   *
   * @param deaths of processes that had it in hand
   */
  boolean takesIn(FetchedBatch fetched, int deaths) {
    Held batch = new Held(fetched, deaths);
    boolean behindAnother =
        batch.pending().chain().isPresent()
            && held.stream()
                .anyMatch(other -> other.pending().chain().equals(batch.pending().chain()));
    boolean taken = behindAnother || isSuspect(batch) || isCutOff(batch);
    if (taken) {
      held.add(batch);
    }
    return taken;
  }

  int size() {
    return held.size();
  }

  /** Gives {@code ready} the batches that may go to the workers now. */
  void release(Consumer<FetchedBatch> ready) {
    watched = watched.filter(batch -> !batch.isDone());
    while (!held.isEmpty() && isSettled(held.peek())) {
      Held settled = held.poll();
      trial.ifPresent(running -> running.cancel(false));
      trial = Optional.empty();
      if (!settled.pending().isDone()) {
        watched = isDangerous(settled) ? Optional.of(settled.pending()) : watched;
        ready.accept(settled.batch);
      }
    }
  }

  /** Whether the batch needs no longer be held: it may be released, or it is done with. */
  private boolean isSettled(Held batch) {
    if (batch.pending().isDone()) {
      return true;
    }
    if (isCutOff(batch)) {
      fail(batch, "a batch before it, without which it can't be decoded, kills the decoder");
      return true;
    }
    if (batch.deaths >= Attempt.MAX_DEATHS) {
      condemn(batch, batch.deaths + " processes ended while they had it in hand");
      return true;
    }
    if (isSuspect(batch)) {
      if (trial.isEmpty()) {
        trial = Optional.of(trials.start(batch.batch.event()));
      }
      if (!trial.get().isDone()) {
        return false;
      }
      Optional<String> death = trial.get().join();
      if (death.isPresent()) {
        condemn(batch, "a process that decodes it " + death.get());
        return true;
      }
    }
    return !isDangerous(batch) || watched.isEmpty();
  }

  /** Whether there is more than bad company against the batch. */
  private static boolean isDangerous(Held batch) {
    return batch.deaths > 1;
  }

  private boolean isSuspect(Held batch) {
    return batch.deaths > 0 || dangerousSplits.contains(batch.pending().splitId());
  }

  private boolean isCutOff(Held batch) {
    return batch.pending().chain().filter(brokenChains::contains).isPresent();
  }

  private void condemn(Held batch, String why) {
    dangerousSplits.add(batch.pending().splitId());
    batch.pending().chain().ifPresent(brokenChains::add);
    fail(batch, why);
  }

  private void fail(Held batch, String why) {
    PendingBatch pending = batch.pending();
    Failure failure =
        new Failure(DECODER_CRASHED, "Batch %d: %s.".formatted(pending.sequence(), why));
    setAside.add(pending, batch.batch.record(), failure);
    pending.fail(failure);
  }

  private static <T> Set<T> remembered() {
    return Collections.newSetFromMap(
        new LinkedHashMap<>() {
          private static final long serialVersionUID = 1L;

          @Override
          protected boolean removeEldestEntry(Map.Entry<T, Boolean> eldest) {
            return size() > MAX_REMEMBERED;
          }
        });
  }

  @Override
  public void close() {
    trial.ifPresent(running -> running.cancel(false));
    trials.close();
  }
}
