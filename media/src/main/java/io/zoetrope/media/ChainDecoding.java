package io.zoetrope.media;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avutil;

/**
 * A decoder on its way through a chain. A packet is known by its place in the chain, so that one
 * which two batches bring is fed once. No more is fed than the frames in demand take. Owns the
 * native decoder and the pictures that came too early.
 */
final class ChainDecoding implements PacketDecoder.Output, AutoCloseable {
  /** A picture that hasn't come after so many further packets is held back by no codec. */
  private static final int REACH = 64;

  /** The batch whose frames are in demand, from {@code start} in the chain. */
  private record Demand(long start, List<VideoPacket> packets, FrameDelivery delivery) {
    Optional<VideoPacket> emitted(long place) {
      boolean known = place >= start && place < start + packets.size();
      return Optional.of(place)
          .filter(p -> known)
          .map(p -> packets.get((int) (p - start)))
          .filter(VideoPacket::emit);
    }

    /** The place behind which nothing is emitted any more. */
    long emitEnd() {
      int last = packets.size();
      while (last > 0 && !packets.get(last - 1).emit()) {
        last--;
      }
      return start + last;
    }

    long highestPts() {
      return packets.stream()
          .filter(VideoPacket::emit)
          .mapToLong(VideoPacket::pts)
          .max()
          .orElse(VideoPacket.NO_TIMESTAMP);
    }
  }

  private final VideoStream stream;
  private final AVCodec codec;
  private final int head;
  private final Deque<VideoPacket> unfed = new ArrayDeque<>();
  private final Map<Long, AVFrame> early = new LinkedHashMap<>();
  private final Map<Long, Integer> earlyErrors = new HashMap<>();
  private Optional<Demand> demand = Optional.empty();
  private PacketDecoder decoder;
  private int next;
  private long fed;
  private long end;
  private long lookedUpTo;
  private long keepFrom;
  private long highestPts;
  private long lastPts = VideoPacket.NO_TIMESTAMP;
  private boolean ordered = true;
  private boolean passed;
  private boolean drained;

  /** Stands before the chain's first batch, whose sequence is {@code head}. */
  ChainDecoding(VideoStream stream, AVCodec codec, int head) {
    this.stream = stream;
    this.codec = codec;
    this.head = head;
    next = head;
    decoder = new PacketDecoder(stream, codec, 1);
  }

  /** Sequence of the batch that comes next. */
  int next() {
    return next;
  }

  boolean canGoOnTo(int chain, int sequence) {
    return chain == head && sequence >= next;
  }

  /** Goes past the next batch, and delivers nothing. */
  void skip(PacketBatch batch, BooleanSupplier abandoned) {
    takeIn(batch, abandoned);
    next++;
  }

  /** Decodes the next batch, up to its last frame. */
  void decode(PacketBatch batch, FrameDelivery delivery, BooleanSupplier abandoned) {
    long start = takeIn(batch, abandoned);
    Demand wanted = new Demand(start, batch.allPackets().toList(), delivery);
    demand = Optional.of(wanted);
    keepFrom = wanted.emitEnd();
    highestPts = wanted.highestPts();
    passed = false;
    deliverEarly();
    while (!unfed.isEmpty() && !delivery.isComplete()) {
      feed(unfed.removeFirst());
    }
    if (batch.chain().orElseThrow().last() && !delivery.isComplete()) {
      drain();
    }
    lookedUpTo = end;
    next++;
  }

  /** Whether a frame of the batch may yet come, if the decoder sees what follows. */
  boolean awaits() {
    boolean mayCome = !(ordered && passed) && !drained && fed < end + REACH;
    return mayCome && demand.filter(batch -> batch.delivery().awaits(ordered)).isPresent();
  }

  /** Feeds of the batch that follows, before its turn, what the awaited frames take. */
  void lookAt(PacketBatch following) {
    ChainLink link = following.chain().orElseThrow();
    long start = lookedUpTo - link.overlap();
    List<VideoPacket> packets = following.allPackets().toList();
    while (fed < start + packets.size() && awaits()) {
      feed(packets.get((int) (fed - start)));
    }
    lookedUpTo = start + packets.size();
    if (link.last() && awaits()) {
      drain();
    }
  }

  @Override
  public void picture(long number, AVFrame frame) {
    long place = number - 1;
    // A file may give its packets the wrong times; the decoder goes by the bitstream alone.
    ordered &= frame.pts() >= lastPts;
    lastPts = frame.pts();
    Optional<VideoPacket> emitted = demand.flatMap(batch -> batch.emitted(place));
    if (emitted.isPresent()) {
      deliver(emitted.get(), frame);
    } else if (place >= keepFrom) {
      early.put(place, avutil.av_frame_clone(frame));
      // In order of time, no frame before this one will follow.
      passed |= frame.pts() > highestPts;
    }
  }

  @Override
  public void error(long number, int error) {
    long place = number - 1;
    Optional<VideoPacket> emitted = demand.flatMap(batch -> batch.emitted(place));
    if (emitted.isPresent() || number == PacketDecoder.DRAINED) {
      demand.ifPresent(batch -> batch.delivery().complain(emitted, Ffmpeg.errorText(error)));
    } else if (place >= keepFrom) {
      earlyErrors.put(place, error);
    }
  }

  @Override
  public void close() {
    decoder.close();
    early.values().forEach(avutil::av_frame_free);
    early.clear();
  }

  /** Feeds what is left of the batch before up to where this one starts; returns that place. */
  private long takeIn(PacketBatch batch, BooleanSupplier abandoned) {
    ChainLink link = batch.chain().orElseThrow();
    long start = end - link.overlap();
    demand = Optional.empty();
    keepFrom = start;
    while (fed < start) {
      ChainDecoder.throwIf(abandoned);
      feed(unfed.removeFirst());
    }
    unfed.clear();
    batch.allPackets().skip(fed - start).forEach(unfed::add);
    end = start + batch.preroll().size() + batch.packets().size();
    return start;
  }

  private void deliverEarly() {
    Demand batch = demand.orElseThrow();
    for (Iterator<Map.Entry<Long, AVFrame>> kept = early.entrySet().iterator(); kept.hasNext(); ) {
      Map.Entry<Long, AVFrame> entry = kept.next();
      if (entry.getKey() < keepFrom) {
        kept.remove();
        AVFrame frame = entry.getValue();
        try {
          batch.emitted(entry.getKey()).ifPresent(packet -> deliver(packet, frame));
        } finally {
          avutil.av_frame_free(frame);
        }
      }
    }
    earlyErrors.forEach(
        (place, error) ->
            batch
                .emitted(place)
                .ifPresent(
                    packet ->
                        batch.delivery().complain(Optional.of(packet), Ffmpeg.errorText(error))));
    earlyErrors.keySet().removeIf(place -> place < keepFrom);
  }

  private void deliver(VideoPacket packet, AVFrame frame) {
    demand.orElseThrow().delivery().deliver(packet, frame, PacketDecoder.isDamaged(frame));
  }

  private void feed(VideoPacket packet) {
    if (packet.restart() && fed > 0) {
      decoder.drain(this);
      decoder.close();
      decoder = new PacketDecoder(stream, codec, 1);
    }
    decoder.send(packet, ++fed, this);
  }

  private void drain() {
    decoder.drain(this);
    drained = true;
  }
}
