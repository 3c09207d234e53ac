package io.zoetrope.media;

import io.zoetrope.media.CutRule.Cut;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The part of a stream that is being looked at: packets go in at one end, batches come out at the
 * other. Holds what the next cut depends on and no more.
 */
final class CutWindow {
  private final CutRule rule;
  private final BatchAssembler assembler;
  private final List<CutPacket> packets = new ArrayList<>();
  private boolean ended;

  CutWindow(CutRule rule, BatchAssembler assembler) {
    this.rule = rule;
    this.assembler = assembler;
  }

  void add(CutPacket packet) {
    packets.add(packet);
  }

  /** No packet follows. */
  void end() {
    ended = true;
  }

  boolean ended() {
    return ended;
  }

  /** The next batch; empty if more packets must be seen first, or none is left. */
  Optional<PacketBatch> poll() {
    Optional<Cut> cut = rule.cut(packets, assembler.prerollBytes(), ended);
    while (cut.isPresent()) {
      Optional<PacketBatch> batch = assembler.assemble(packets, cut.get());
      packets.subList(0, cut.get().length()).clear();
      if (batch.isPresent()) {
        return batch;
      }
      // A stretch of which no frame is expected is no batch.
      cut = rule.cut(packets, assembler.prerollBytes(), ended);
    }
    return Optional.empty();
  }
}
