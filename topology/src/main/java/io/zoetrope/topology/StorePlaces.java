package io.zoetrope.topology;

import io.zoetrope.topology.query.QueryException;
import java.util.List;
import java.util.function.Function;

/**
 * Where the stores are: the one place that knows which partition, and so which instance, holds a
 * video. Both methods throw {@link QueryException} with {@code STORES_NOT_READY} rather than leave
 * something out.
 */
interface StorePlaces {
  /** Asks the stores that hold {@code videoId}. */
  <T> T ask(String videoId, Function<VideoStores, T> question);

  /** Asks every partition. */
  <T> List<T> askAll(Function<VideoStores, T> question);
}
