package io.zoetrope.gateway.cluster;

import io.zoetrope.topology.query.Answer;
import io.zoetrope.topology.query.QueryException;
import java.util.Optional;

/** An answer that was asked for. */
interface PendingAnswer<A> {
  /**
   * Waits for it, but not for long.
   *
   * @throws QueryException {@code STORES_NOT_READY} where there is none, or what the answer is
   */
  Answer<Optional<A>> await();
}
