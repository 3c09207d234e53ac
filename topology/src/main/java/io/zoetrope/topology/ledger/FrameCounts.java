package io.zoetrope.topology.ledger;

/**
 * Expected frames by what became of them.
 *
 * @param processed the damaged ones included
 * @param damaged processed, but the decoder reported errors
 * @param failed not processed, for a reason
 * @param hidden shows nothing
 */
public record FrameCounts(long processed, long damaged, long failed, long hidden) {
  public static final FrameCounts NONE = new FrameCounts(0, 0, 0, 0);

  /** The frames that are accounted for. */
  public long total() {
    return processed + failed + hidden;
  }

  FrameCounts plus(FrameCounts other) {
    return new FrameCounts(
        processed + other.processed,
        damaged + other.damaged,
        failed + other.failed,
        hidden + other.hidden);
  }

  FrameCounts minus(FrameCounts other) {
    return new FrameCounts(
        processed - other.processed,
        damaged - other.damaged,
        failed - other.failed,
        hidden - other.hidden);
  }

  FrameCounts plusFailed(long frames) {
    return new FrameCounts(processed, damaged, failed + frames, hidden);
  }
}
