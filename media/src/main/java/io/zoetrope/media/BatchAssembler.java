package io.zoetrope.media;

import static java.util.Comparator.comparingLong;

import io.zoetrope.media.CodedPicture.Shows;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Makes batches of the stretches that {@link CutSearch} cuts off: adds preroll and tail, decides
 * what is emitted, and numbers the frames.
 */
final class BatchAssembler {
  private static final int CORRUPT = 2;

  private final Timeline timeline;
  private final byte[] encoderNames;
  private final CutOptions options;
  private final Preroll preroll = new Preroll();
  private Set<Long> emittedBefore = Set.of();
  private int chainHead;
  private long brought;
  private int sequence;
  private long firstFrame;

  /**
   * Starts with the first batch.
   *
   * @param timeline by which the packets have come
   * @param encoderNames what to put before the first packet of every batch but the first
   * @param options of which it takes the size of a batch, half of which at most is left for a later
   *     batch of a chain to bring, and whether packets are left out
   */
  BatchAssembler(Timeline timeline, byte[] encoderNames, CutOptions options) {
    this.timeline = timeline;
    this.encoderNames = encoderNames;
    this.options = options;
  }

  /** Where the next batch starts. */
  BatchStart start() {
    return preroll.start();
  }

  int batches() {
    return sequence;
  }

  long frames() {
    return firstFrame;
  }

  /** Makes a batch of the window's head; empty if no frame is expected of it. */
  Optional<PacketBatch> assemble(List<CutPacket> window, Cut cut) {
    List<CutPacket> own = window.subList(0, cut.length());
    List<CutPacket> tail = window.subList(cut.length(), cut.tailEnd());
    Set<Long> emittedInTail = new HashSet<>();
    for (CutPacket packet : tail) {
      if (packet.shown() && !cut.chained() && packet.precedes(tail.get(0))) {
        emittedInTail.add(packet.number());
      }
    }
    Set<Long> emitted = new HashSet<>(emittedInTail);
    for (CutPacket packet : own) {
      if (packet.shown() && !emittedBefore.contains(packet.number())) {
        emitted.add(packet.number());
      }
    }
    emittedBefore = emittedInTail;

    Optional<PacketBatch> batch = Optional.empty();
    if (!emitted.isEmpty()) {
      int end =
          cut.chained() ? cut.tailEnd() : lastNeeded(window.subList(0, cut.tailEnd()), emitted);
      batch = Optional.of(batch(window.subList(0, end), emitted, cut.chained()));
    } else if (needsEmptyBatch(own, cut.chained())) {
      boolean chainEnds = !cut.chained();
      batch = Optional.of(batch(chainEnds ? List.of() : own, emitted, cut.chained()));
    }
    boolean atRandomAccess =
        window.size() > cut.length() && window.get(cut.length()).randomAccess();
    if (atRandomAccess) {
      preroll.clear();
    } else if (cut.chained() && batch.isPresent()) {
      preroll.chain((int) overlap(tail));
    } else {
      preroll.pass(own);
    }
    return batch;
  }

  /** What is sampled ends with its last frame: the next batch brings what it needs of the rest. */
  private int lastNeeded(List<CutPacket> packets, Set<Long> emitted) {
    int end = packets.size();
    if (options.sampling().everyFrame()) {
      return end;
    }
    while (!emitted.contains(packets.get(end - 1).number())) {
      end--;
    }
    while (end < packets.size() && packets.get(end).picture().shows() == Shows.SECOND_FIELD) {
      end++;
    }
    return end;
  }

  /**
   * A stretch without a frame is a batch only if a chain begins or ends with it, or if it is too
   * large to be brought by the next batch.
   */
  private boolean needsEmptyBatch(List<CutPacket> own, boolean chained) {
    BatchStart start = preroll.start();
    if (!start.inChain() || !chained) {
      return start.inChain() || chained;
    }
    long bytes = start.prerollBytes();
    for (CutPacket packet : own) {
      bytes += packet.bytes();
    }
    return bytes > options.maxBatchBytes() / 2;
  }

  private PacketBatch batch(List<CutPacket> packets, Set<Long> emitted, boolean chained) {
    Map<Long, VideoPacket> numbered = number(packets, emitted);
    Optional<ChainLink> chain = chainLink(packets, chained);
    boolean continues = preroll.start().inChain();
    List<VideoPacket> prerollPackets = new ArrayList<>();
    for (CutPacket packet : packets.isEmpty() ? List.<CutPacket>of() : preroll.packets()) {
      boolean first = !continues && prerollPackets.isEmpty();
      prerollPackets.add(first ? independent(packet, packet.packet()) : packet.packet());
    }
    List<VideoPacket> ownPackets = new ArrayList<>();
    for (CutPacket packet : packets) {
      VideoPacket known = numbered.getOrDefault(packet.number(), packet.packet());
      boolean first = !continues && preroll.packets().isEmpty() && ownPackets.isEmpty();
      ownPackets.add(first || known.restart() ? independent(packet, known) : known);
    }
    PacketBatch batch =
        new PacketBatch(
            sequence,
            firstFrame,
            emitted.size(),
            timeline.originPts(),
            isDamaged(prerollPackets) || isDamaged(ownPackets),
            chain,
            prerollPackets,
            ownPackets);
    sequence++;
    firstFrame += emitted.size();
    return batch;
  }

  /** Called once for each batch; notes up to where its decoder is brought. */
  private Optional<ChainLink> chainLink(List<CutPacket> packets, boolean chained) {
    boolean continues = preroll.start().inChain();
    if (!continues && !chained) {
      return Optional.empty();
    }
    chainHead = continues ? chainHead : sequence;
    long overlap = 0;
    if (!packets.isEmpty()) {
      overlap = continues ? overlap(preroll.packets()) + overlap(packets) : 0;
      brought = Math.max(brought, packets.get(packets.size() - 1).number() + 1);
    }
    return Optional.of(new ChainLink(chainHead, (int) overlap, !chained));
  }

  private long overlap(List<CutPacket> packets) {
    return packets.stream().filter(packet -> packet.number() < brought).count();
  }

  private static boolean isDamaged(Collection<VideoPacket> packets) {
    return packets.stream().anyMatch(packet -> (packet.flags() & CORRUPT) != 0);
  }

  private static Map<Long, VideoPacket> number(List<CutPacket> packets, Set<Long> emitted) {
    List<CutPacket> inOrder =
        packets.stream()
            .filter(packet -> emitted.contains(packet.number()))
            .sorted(comparingLong(CutPacket::frame))
            .toList();
    Map<Long, VideoPacket> numbered = new HashMap<>();
    for (int frame = 0; frame < inOrder.size(); frame++) {
      VideoPacket packet = inOrder.get(frame).packet();
      numbered.put(inOrder.get(frame).number(), packet.withFrame(packet.pts(), frame));
    }
    return numbered;
  }

  /** A batch's first packet brings what the decoder would know from the packets before. */
  private VideoPacket independent(CutPacket origin, VideoPacket packet) {
    byte[] names = origin.number() > 0 ? encoderNames : new byte[0];
    return packet.independent(names, origin.newExtradata());
  }
}
