package io.zoetrope.batches;

import io.zoetrope.events.DecodeChain;
import io.zoetrope.events.FrameBatch;
import io.zoetrope.events.InlinePackets;
import io.zoetrope.events.Packet;
import io.zoetrope.media.ChainLink;
import io.zoetrope.media.PacketBatch;
import io.zoetrope.media.Rational;
import io.zoetrope.media.SideData;
import io.zoetrope.media.VideoPacket;
import io.zoetrope.media.VideoStream;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/** From the events that travel to the media module's words; the packets' bytes are shared. */
public final class FrameBatchReader {
  private static final String INVALID = "BATCH_INVALID";

  private FrameBatchReader() {}

  /**
   * The batch itself.
   *
   * @param event with all its packets in it
   * @throws BatchException {@code BATCH_INVALID} where it contradicts itself or isn't all there,
   *     with a sentence that says how
   */
  public static PacketBatch batch(FrameBatch event) {
    PacketBatch batch =
        new PacketBatch(
            event.getSequence(),
            event.getFirstFrame(),
            event.getExpectedFrames(),
            event.getOriginPts(),
            event.getDamaged(),
            Optional.ofNullable(event.getChain()).map(FrameBatchReader::link),
            event.getPreroll() == null ? List.of() : packets(event.getPreroll()),
            packets(event.getPackets()));
    checkFrames(batch);
    return batch;
  }

  /** The stream that a batch is of. */
  public static VideoStream stream(io.zoetrope.events.VideoStream stream) {
    return new VideoStream(
        stream.getIndex(),
        stream.getCodec(),
        stream.getCodecTag(),
        stream.getPixelFormat(),
        stream.getWidth(),
        stream.getHeight(),
        stream.getProfile(),
        stream.getLevel(),
        stream.getVideoDelay(),
        stream.getFieldOrder(),
        stream.getBitsPerCodedSample(),
        stream.getBitsPerRawSample(),
        stream.getColorRange(),
        stream.getColorSpace(),
        stream.getColorPrimaries(),
        stream.getColorTransfer(),
        stream.getChromaLocation(),
        rational(stream.getSampleAspectRatio()),
        rational(stream.getTimeBase()),
        rational(stream.getFrameRate()),
        stream.getExtradata(),
        stream.getDisplayMatrix(),
        0);
  }

  private static ChainLink link(DecodeChain chain) {
    return new ChainLink(chain.getHead(), chain.getOverlap(), chain.getLast());
  }

  private static List<VideoPacket> packets(Object packets) {
    return ((InlinePackets) packets).getPackets().stream().map(FrameBatchReader::packet).toList();
  }

  private static VideoPacket packet(Packet packet) {
    return new VideoPacket(
        timestamp(packet.getPts()),
        timestamp(packet.getDts()),
        packet.getDuration(),
        packet.getFlags(),
        packet.getFrame(),
        packet.getRestart(),
        packet.getData(),
        packet.getSideData().stream()
            .map(side -> new SideData(side.getType(), side.getData()))
            .toList());
  }

  private static long timestamp(Long value) {
    return value == null ? VideoPacket.NO_TIMESTAMP : value;
  }

  /** Each expected frame has to have one packet, and that packet a time. */
  private static void checkFrames(PacketBatch batch) {
    BitSet frames = new BitSet();
    batch
        .allPackets()
        .filter(VideoPacket::emit)
        .forEach(
            packet -> {
              if (packet.pts() == VideoPacket.NO_TIMESTAMP || frames.get(packet.frame())) {
                throw new BatchException(
                    INVALID,
                    "Frame %d of the batch has no time, or two packets.".formatted(packet.frame()));
              }
              frames.set(packet.frame());
            });
    if (frames.length() != batch.expectedFrames()
        || frames.cardinality() != batch.expectedFrames()) {
      throw new BatchException(
          INVALID,
          "The batch has packets for %d frames, not for those 0 to %d."
              .formatted(frames.cardinality(), batch.expectedFrames() - 1));
    }
  }

  private static Rational rational(io.zoetrope.events.Rational value) {
    return new Rational(value.getNumerator(), value.getDenominator());
  }
}
