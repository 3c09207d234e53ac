package io.zoetrope.assembler;

import io.zoetrope.assembler.RenderLedger.LedgerUnavailableException;
import java.time.Duration;
import java.util.Set;
import java.util.function.LongSupplier;

/** How many segments of a render were asked for, and aren't there yet. One thread. */
final class SegmentsAhead {
  /** After which what was asked for had better be asked for anew: it may be lost. */
  private static final Duration SILENCE = Duration.ofMinutes(10);

  private final Set<Integer> before;
  private final LongSupplier nanos;
  private int asked;
  private int done;
  private long lastNews;

  /**
   * Nothing is asked for.
   *
   * @param before sequences of the segments that are there already
   */
  SegmentsAhead(Set<Integer> before, LongSupplier nanos) {
    this.before = Set.copyOf(before);
    this.nanos = nanos;
    this.done = before.size();
    this.lastNews = nanos.getAsLong();
  }

  /** Whether a segment has to be asked for; it is waited for then. */
  boolean ask(int sequence) {
    if (before.contains(sequence)) {
      return false;
    }
    asked++;
    return true;
  }

  /**
   * So many are there, with those that were before.
   *
   * @throws LedgerUnavailableException where there was no news for ten minutes
   */
  void done(int segments) {
    if (segments > done || waitedFor() == 0) {
      done = Math.max(done, segments);
      lastNews = nanos.getAsLong();
    } else if (nanos.getAsLong() - lastNews > SILENCE.toNanos()) {
      throw new LedgerUnavailableException(
          "no segment was made for ten minutes; those that are missing are asked for again", null);
    }
  }

  /** How many were asked for, and aren't there. */
  int waitedFor() {
    return Math.max(0, before.size() + asked - done);
  }
}
