package io.zoetrope.topology.ledger;

/**
 * Batches by what became of them.
 *
 * @param processed came to something, if only to some of their frames
 * @param failed came to nothing as a whole
 */
public record BatchCounts(int processed, int failed) {
  public static final BatchCounts NONE = new BatchCounts(0, 0);

  /** The batches that are in. */
  public int total() {
    return processed + failed;
  }

  BatchCounts plus(BatchTally batch) {
    return batch.failed()
        ? new BatchCounts(processed, failed + 1)
        : new BatchCounts(processed + 1, failed);
  }

  BatchCounts minus(BatchTally batch) {
    return batch.failed()
        ? new BatchCounts(processed, failed - 1)
        : new BatchCounts(processed - 1, failed);
  }
}
