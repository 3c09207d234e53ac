package io.zoetrope.media;

/**
 * What a batch that starts at some place of the stream must bring with it. A few packets into a GOP
 * it brings all of the GOP so far, its preroll. That grows with the square of the GOP, so from
 * {@link #LONGEST_PREROLL} packets on, or when it takes up half a record, a batch continues a chain
 * instead: it relies on the decoder that the batch before has left behind.
 *
 * @param inChain whether a batch that starts here continues a chain
 * @param overlap how many packets from here on the batch before has brought already; the batch has
 *     no fewer, so that it is clear which they are
 * @param packetsIntoGop packets since the last random-access point
 * @param prerollBytes what it brings; in a chain, what no batch has brought yet
 */
record BatchStart(boolean inChain, int overlap, int packetsIntoGop, long prerollBytes) {
  static final BatchStart RANDOM_ACCESS = new BatchStart(false, 0, 0, 0);

  /** Also the longest GOP that is kept whole by default. */
  static final int LONGEST_PREROLL = 256;

  /** The place behind {@code packet}, which stands here, if the batch goes on to there. */
  BatchStart after(CutPacket packet) {
    BatchStart from = packet.randomAccess() ? RANDOM_ACCESS : this;
    long bytes = !from.inChain && packet.picture().disposable() ? 0 : packet.bytes();
    return new BatchStart(
        from.inChain,
        Math.max(0, from.overlap - 1),
        from.packetsIntoGop + 1,
        from.prerollBytes + bytes);
  }

  /** Whether the next batch, if it starts here, can only continue a chain. */
  boolean needsChain(int maxBatchBytes) {
    return inChain || packetsIntoGop >= LONGEST_PREROLL || prerollBytes > maxBatchBytes / 2;
  }
}
