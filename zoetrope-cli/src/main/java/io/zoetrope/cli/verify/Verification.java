package io.zoetrope.cli.verify;

import io.zoetrope.cli.verify.Comparison.Verdict;
import io.zoetrope.topology.query.RunDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Compares every run of the live stores with the same run rebuilt from the log. Both go on while it
 * looks: those that differ are looked at again until they agree, or until neither side has changed
 * for a while. One thread.
 */
final class Verification {
  private static final int PAGE = 1_000;
  private static final Duration SETTLED = Duration.ofSeconds(10);
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final RunSource live;
  private final RunSource rebuilt;
  private final Supplier<Instant> clock;
  private final Runnable pause;

  private static final class Doubt {
    private final Instant since;
    private Instant changed;
    private Comparison last;

    Doubt(Comparison first, Instant now) {
      this.last = first;
      this.since = now;
      this.changed = now;
    }
  }

  /**
   * Compares nothing yet.
   *
   * @param pause waits a moment, by the clock
   */
  Verification(RunSource live, RunSource rebuilt, Supplier<Instant> clock, Runnable pause) {
    this.live = new Patient(live, clock, pause);
    this.rebuilt = new Patient(rebuilt, clock, pause);
    this.clock = clock;
    this.pause = pause;
  }

  /** Compares, and tells of each run as soon as it is decided. */
  void run(Consumer<Comparison> each) {
    SortedSet<String> keys = new TreeSet<>(keys(live));
    keys.addAll(keys(rebuilt));
    List<Doubt> doubts = new ArrayList<>();
    for (String key : keys) {
      Comparison first = compare(key);
      if (first.verdict() == Verdict.SAME) {
        each.accept(first);
      } else {
        doubts.add(new Doubt(first, clock.get()));
      }
    }
    while (!doubts.isEmpty()) {
      pause.run();
      for (Iterator<Doubt> i = doubts.iterator(); i.hasNext(); ) {
        Doubt doubt = i.next();
        Optional<Comparison> decided = decide(doubt);
        if (decided.isPresent()) {
          each.accept(decided.get());
          i.remove();
        }
      }
    }
  }

  private Optional<Comparison> decide(Doubt doubt) {
    Comparison now = compare(doubt.last.key());
    if (now.verdict() == Verdict.SAME) {
      return Optional.of(now);
    }
    if (!now.equals(doubt.last)) {
      doubt.changed = clock.get();
      doubt.last = now;
    }
    if (!clock.get().isBefore(doubt.changed.plus(SETTLED))) {
      return Optional.of(now);
    }
    return clock.get().isBefore(doubt.since.plus(PATIENCE))
        ? Optional.empty()
        : Optional.of(new Comparison(now.key(), Verdict.MOVING, now.live(), now.rebuilt()));
  }

  private Comparison compare(String key) {
    Optional<RunDigest> there = live.digest(key);
    Optional<RunDigest> here = rebuilt.digest(key);
    return new Comparison(key, there.equals(here) ? Verdict.SAME : Verdict.DIFFERS, there, here);
  }

  private List<String> keys(RunSource runs) {
    List<String> keys = new ArrayList<>();
    List<String> page;
    do {
      String after = keys.isEmpty() ? null : keys.get(keys.size() - 1);
      page = runs.keys(PAGE, after);
      keys.addAll(page);
    } while (page.size() == PAGE);
    return keys;
  }
}
