package io.zoetrope.media;

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
  private final int videoDelay;
  private final List<CutPacket> packets = new ArrayList<>();
  private Optional<CutSearch> search = Optional.empty();
  private boolean ended;

  /** {@code videoDelay}: frames that the stream's decoder says to hold back. */
  CutWindow(CutRule rule, BatchAssembler assembler, int videoDelay) {
    this.rule = rule;
    this.assembler = assembler;
    this.videoDelay = videoDelay;
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
    while (!packets.isEmpty()) {
      CutSearch looking =
          search.orElseGet(() -> new CutSearch(rule, packets, assembler.start(), videoDelay));
      search = Optional.of(looking);
      Optional<Cut> cut = looking.resume(ended);
      if (cut.isEmpty()) {
        return Optional.empty();
      }
      Optional<PacketBatch> batch = assembler.assemble(packets, cut.get());
      packets.subList(0, cut.get().length()).clear();
      search = Optional.empty();
      if (batch.isPresent()) {
        return batch;
      }
      // A stretch of which no frame is expected is no batch.
    }
    return Optional.empty();
  }
}
