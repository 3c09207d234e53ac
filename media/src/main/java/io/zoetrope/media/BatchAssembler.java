package io.zoetrope.media;

import static java.util.Comparator.comparingInt;

import io.zoetrope.media.CutRule.Cut;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Makes batches of the stretches that {@link CutRule} cuts off: adds preroll and tail, decides what
 * is emitted, and numbers the frames.
 */
final class BatchAssembler {
  private static final int CORRUPT = 2;
  private static final Rational FALLBACK_RATE = new Rational(25, 1);
  private static final Comparator<CutPacket> PRESENTATION =
      comparingInt((CutPacket packet) -> packet.place().epoch())
          .thenComparingLong(packet -> packet.place().order());

  private final VideoStream stream;
  private final boolean timestamps;
  private final long earliestOrigin;
  private final Rational frameDuration;
  private final byte[] encoderNames;
  private final List<CutPacket> preroll = new ArrayList<>();
  private Set<Long> emittedBefore = Set.of();
  private long prerollBytes;
  private int sequence;
  private long firstFrame;
  private long originPts;
  private long endPts = VideoPacket.NO_TIMESTAMP;

  /**
   * Starts with the first batch.
   *
   * @param timestamps whether the packets carry a pts; else it is synthesised
   * @param earliestOrigin pts before which no frame is displayed, though some may be expected
   * @param encoderNames what to put before the first packet of every batch but the first
   */
  BatchAssembler(VideoStream stream, boolean timestamps, long earliestOrigin, byte[] encoderNames) {
    this.stream = stream;
    this.timestamps = timestamps;
    this.earliestOrigin = earliestOrigin;
    this.encoderNames = encoderNames;
    frameDuration = (stream.frameRate().isKnown() ? stream.frameRate() : FALLBACK_RATE).inverse();
  }

  /** What must come before a batch that starts where the last one ended. */
  long prerollBytes() {
    return prerollBytes;
  }

  int batches() {
    return sequence;
  }

  long frames() {
    return firstFrame;
  }

  long durationMicros() {
    return firstFrame == 0 ? 0 : stream.micros(endPts - originPts);
  }

  /** Makes a batch of the window's head; empty if no frame is expected of it. */
  Optional<PacketBatch> assemble(List<CutPacket> window, Cut cut) {
    List<CutPacket> own = window.subList(0, cut.length());
    List<CutPacket> tail = window.subList(cut.length(), cut.tailEnd());
    Set<Long> emitted = new HashSet<>();
    for (CutPacket packet : own) {
      if (packet.shown() && !emittedBefore.contains(packet.number())) {
        emitted.add(packet.number());
      }
    }
    Set<Long> emittedInTail = new HashSet<>();
    for (CutPacket packet : tail) {
      if (packet.shown() && packet.precedes(tail.get(0))) {
        emittedInTail.add(packet.number());
      }
    }
    emitted.addAll(emittedInTail);

    Optional<PacketBatch> batch =
        emitted.isEmpty()
            ? Optional.empty()
            : Optional.of(batch(window.subList(0, cut.tailEnd()), emitted));
    emittedBefore = emittedInTail;
    keepPreroll(own, window.size() > cut.length() && window.get(cut.length()).randomAccess());
    return batch;
  }

  private PacketBatch batch(List<CutPacket> packets, Set<Long> emitted) {
    Map<Long, VideoPacket> numbered =
        number(
            packets.stream()
                .filter(packet -> emitted.contains(packet.number()))
                .sorted(PRESENTATION)
                .toList());
    List<VideoPacket> prerollPackets = new ArrayList<>();
    for (CutPacket packet : preroll) {
      prerollPackets.add(packet.packet());
    }
    List<VideoPacket> ownPackets = new ArrayList<>();
    for (CutPacket packet : packets) {
      ownPackets.add(numbered.getOrDefault(packet.number(), packet.packet()));
    }
    List<VideoPacket> head = preroll.isEmpty() ? ownPackets : prerollPackets;
    CutPacket headPacket = preroll.isEmpty() ? packets.get(0) : preroll.get(0);
    head.set(0, independent(headPacket, head.get(0)));

    boolean damaged = false;
    for (VideoPacket packet : prerollPackets) {
      damaged |= (packet.flags() & CORRUPT) != 0;
    }
    for (VideoPacket packet : ownPackets) {
      damaged |= (packet.flags() & CORRUPT) != 0;
    }
    PacketBatch batch =
        new PacketBatch(
            sequence,
            firstFrame,
            emitted.size(),
            originPts,
            damaged,
            Optional.empty(),
            prerollPackets,
            ownPackets);
    sequence++;
    firstFrame += emitted.size();
    return batch;
  }

  private Map<Long, VideoPacket> number(List<CutPacket> emitted) {
    if (firstFrame == 0 && timestamps) {
      originPts =
          emitted.stream()
              .mapToLong(packet -> packet.packet().pts())
              .filter(pts -> pts >= earliestOrigin)
              .findFirst()
              .orElse(earliestOrigin);
    }
    Map<Long, VideoPacket> numbered = new HashMap<>();
    for (int frame = 0; frame < emitted.size(); frame++) {
      VideoPacket packet = emitted.get(frame).packet();
      long pts = timestamps ? packet.pts() : nominalPts(firstFrame + frame);
      long duration = packet.duration() > 0 && timestamps ? packet.duration() : nominalPts(1);
      endPts = Math.max(endPts, pts + duration);
      numbered.put(emitted.get(frame).number(), packet.withFrame(pts, frame));
    }
    return numbered;
  }

  private long nominalPts(long index) {
    return Rational.rescale(index, frameDuration, stream.timeBase());
  }

  /** A batch's first packet brings what the decoder would know from the packets before. */
  private VideoPacket independent(CutPacket origin, VideoPacket packet) {
    ByteBuffer data = packet.data();
    if (encoderNames.length > 0 && origin.number() > 0) {
      data =
          ByteBuffer.allocate(encoderNames.length + data.remaining())
              .put(encoderNames)
              .put(data.duplicate())
              .flip();
    }
    List<SideData> sideData = new ArrayList<>(packet.sideData());
    boolean bringsHeader =
        sideData.stream().anyMatch(entry -> entry.type().equals(SideDataTypes.NEW_EXTRADATA));
    if (!bringsHeader) {
      origin
          .newExtradata()
          .ifPresent(header -> sideData.add(new SideData(SideDataTypes.NEW_EXTRADATA, header)));
    }
    return new VideoPacket(
        packet.pts(),
        packet.dts(),
        packet.duration(),
        packet.flags(),
        packet.frame(),
        packet.restart(),
        data,
        List.copyOf(sideData));
  }

  private void keepPreroll(List<CutPacket> own, boolean nextIsRandomAccess) {
    for (CutPacket packet : own) {
      if (packet.randomAccess()) {
        preroll.clear();
        prerollBytes = 0;
      }
      if (!packet.picture().disposable()) {
        preroll.add(packet);
        prerollBytes += packet.bytes();
      }
    }
    if (nextIsRandomAccess) {
      preroll.clear();
      prerollBytes = 0;
    }
  }
}
