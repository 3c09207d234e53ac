package io.zoetrope.detector;

import io.zoetrope.events.FrameBatch;
import java.util.Optional;

/** Names a decode chain: a split, and the sequence of the chain's first batch. */
record ChainKey(String splitId, int head) {
  static Optional<ChainKey> of(FrameBatch batch) {
    return Optional.ofNullable(batch.getChain())
        .map(chain -> new ChainKey(batch.getSplitId(), chain.getHead()));
  }
}
