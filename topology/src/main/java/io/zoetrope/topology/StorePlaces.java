package io.zoetrope.topology;

import io.zoetrope.topology.query.Answer;
import io.zoetrope.topology.query.QueryException;
import java.util.function.Function;

/** Where stores are read: each partition's hold all that belongs to its videos. */
interface StorePlaces {
  /**
   * Asks the stores of one partition.
   *
   * @throws QueryException {@code STORES_NOT_READY} where they can't be read
   */
  <T> Answer<T> ask(int partition, Function<VideoStores, T> question);
}
