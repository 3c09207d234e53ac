package io.zoetrope.media;

import java.util.ArrayList;
import java.util.List;

/**
 * What the next batch brings from before its start: outside a chain the GOP so far, without what
 * nothing refers to; in a chain what no batch has brought yet.
 */
final class Preroll {
  private final List<CutPacket> packets = new ArrayList<>();
  private BatchStart start = BatchStart.RANDOM_ACCESS;

  /** Where the next batch starts. */
  BatchStart start() {
    return start;
  }

  List<CutPacket> packets() {
    return packets;
  }

  /** The next batch starts at a random-access point. */
  void clear() {
    packets.clear();
    start = BatchStart.RANDOM_ACCESS;
  }

  /** The next batch continues a chain, and what comes before its {@code overlap} isn't needed. */
  void chain(int overlap) {
    packets.clear();
    start = new BatchStart(true, overlap, 0, 0);
  }

  /** The next batch starts behind {@code passed}. */
  void pass(List<CutPacket> passed) {
    for (CutPacket packet : passed) {
      if (packet.randomAccess()) {
        packets.clear();
      }
      start = start.after(packet);
      if (start.inChain() || !packet.picture().disposable()) {
        packets.add(packet);
      }
    }
  }
}
