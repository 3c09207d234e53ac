package io.zoetrope.cli.verify;

import io.zoetrope.cli.error.UserError;
import io.zoetrope.topology.query.RunDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Stores that are asked again for a while where they can't answer just now, as during a rebalance.
 *
 * @param pause waits a moment, by the clock
 */
record Patient(RunSource stores, Supplier<Instant> clock, Runnable pause) implements RunSource {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  /**
   * As the stores have it.
   *
   * @throws UserError {@code STORES_NOT_READY} where they don't answer for a minute
   */
  @Override
  public List<String> keys(int limit, String after) {
    return answer(() -> stores.keys(limit, after));
  }

  @Override
  public Optional<RunDigest> digest(String key) {
    return answer(() -> stores.digest(key));
  }

  private <T> T answer(Supplier<T> question) {
    Instant deadline = clock.get().plus(PATIENCE);
    while (true) {
      try {
        return question.get();
      } catch (NotReadyException e) {
        if (clock.get().isAfter(deadline)) {
          throw new UserError("STORES_NOT_READY", e.getMessage(), e);
        }
        pause.run();
      }
    }
  }
}
