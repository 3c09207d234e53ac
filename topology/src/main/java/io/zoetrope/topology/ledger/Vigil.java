package io.zoetrope.topology.ledger;

import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;

/**
 * What was last seen of an open run, and when. It isn't kept anywhere: after a restart the waiting
 * begins anew.
 *
 * @param published how many batches were published for it
 * @param in how many of its batches are in
 * @param since the last sign of life, or the last repair
 * @param said when it was last said what it waits for
 * @param round how many repairs were asked for since a batch last came in
 */
public record Vigil(int published, int in, Instant since, Instant said, int round) {
  private static final int ROUNDS = 3;

  /** What an open run needs. */
  public enum Need {
    /** Nothing: it is at work, or has been so until a moment ago. */
    PATIENCE,
    /** The splitter to go on; every published batch is in. */
    SPLITTER,
    /** Detectors to read what is published. */
    DETECTORS,
    /** The missing batches once more: its detectors have read all there is without finding them. */
    REPAIR,
    /** To be told that they are lost: no repair has brought them. */
    VERDICT
  }

  /** Of a run that is seen for the first time. */
  public static Vigil begun(Instant now) {
    return new Vigil(0, 0, now, now, 0);
  }

  /** Having looked at the run. */
  public Vigil seeing(int publishedNow, int inNow, Instant now) {
    if (publishedNow == published && inNow == in) {
      return this;
    }
    return new Vigil(publishedNow, inNow, now, now, inNow == in ? round : 0);
  }

  /**
   * What the run needs.
   *
   * @param readUpTo everything that was published before has been read by its detectors; asked for
   *     only where it matters
   * @param timeout what it may be without a sign of life
   */
  public Need need(Instant now, Supplier<Instant> readUpTo, Duration timeout) {
    Instant due = since.plus(timeout);
    if (now.isBefore(due)) {
      return Need.PATIENCE;
    }
    if (in >= published) {
      return Need.SPLITTER;
    }
    if (readUpTo.get().isBefore(due)) {
      return Need.DETECTORS;
    }
    return round < ROUNDS ? Need.REPAIR : Need.VERDICT;
  }

  /** Whether it is time to say again what it waits for. */
  public boolean silent(Instant now, Duration timeout) {
    return !now.isBefore(said.plus(timeout));
  }

  /** Having said what it waits for. */
  public Vigil spoken(Instant now) {
    return new Vigil(published, in, since, now, round);
  }

  /** Having asked for what is missing. */
  public Vigil repaired(Instant now) {
    return new Vigil(published, in, now, now, round + 1);
  }

  /** To be judged when the time-out has gone by once more, and not before. */
  public Vigil excused(Instant now) {
    return new Vigil(published, in, now, now, round);
  }
}
