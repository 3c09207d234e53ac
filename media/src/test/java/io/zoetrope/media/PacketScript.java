package io.zoetrope.media;

import io.zoetrope.media.CodedPicture.Shows;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Packets written down as a letter and a pts each, in the order of the file: {@code I} a
 * random-access point that closes the GOP before it, {@code C} one that leading pictures may
 * follow, {@code P} a predicted picture, {@code B} a B picture, {@code b} one that nothing refers
 * to, {@code d} a discarded P. {@code |} stands for timestamps that jump back. Every packet has 36
 * bytes of data, and so counts 100.
 */
final class PacketScript {
  static final Rational TIME_BASE = new Rational(1, 1000);
  static final VideoStream STREAM =
      new VideoStream(
          0,
          "none",
          0,
          "yuv420p",
          64,
          64,
          0,
          0,
          2,
          "progressive",
          0,
          0,
          "tv",
          "bt709",
          "bt709",
          "bt709",
          "left",
          new Rational(1, 1),
          TIME_BASE,
          new Rational(25, 1),
          ByteBuffer.allocate(0),
          List.of(),
          0);

  private static final int DATA_BYTES = 36;

  private PacketScript() {}

  static List<CutPacket> of(String script) {
    PresentationOrder order = new PresentationOrder(true, TIME_BASE);
    List<CutPacket> packets = new ArrayList<>();
    long dts = 1_000_000;
    for (String token : script.trim().split("\\s+", -1)) {
      if (token.equals("|")) {
        dts -= 100_000;
        continue;
      }
      char letter = token.charAt(0);
      long pts = Long.parseLong(token.substring(1));
      CodedPicture picture =
          new CodedPicture(
              letter == 'I' || letter == 'C',
              letter == 'C',
              true,
              letter == 'B' || letter == 'b',
              letter == 'b',
              Shows.FRAME,
              CodedPicture.NO_ORDER_COUNT,
              false);
      ByteBuffer data = ByteBuffer.allocate(DATA_BYTES).putInt(0, packets.size());
      VideoPacket packet = new VideoPacket(pts, dts++, 1, 0, -1, false, data, List.of());
      packets.add(
          new CutPacket(
              packets.size(),
              packet,
              picture,
              order.place(pts, packet.dts(), picture),
              letter != 'd',
              Optional.empty()));
    }
    return packets;
  }

  static List<PacketBatch> cut(List<CutPacket> packets, CutOptions options) {
    Timeline timeline = new Timeline(STREAM, true, VideoPacket.NO_TIMESTAMP, options.sampling());
    CutPipeline pipeline = new CutPipeline(STREAM, timeline, new byte[0], options);
    List<PacketBatch> batches = new ArrayList<>();
    for (CutPacket packet : packets) {
      pipeline.add(packet);
      pipeline.poll().ifPresent(batches::add);
    }
    pipeline.end();
    for (var batch = pipeline.poll(); batch.isPresent(); batch = pipeline.poll()) {
      batches.add(batch.get());
    }
    return batches;
  }

  /** A batch as {@code preroll / packets}, by pts, those that are emitted in brackets. */
  static String show(PacketBatch batch) {
    return show(batch.preroll()) + "/ " + show(batch.packets());
  }

  private static String show(List<VideoPacket> packets) {
    StringBuilder shown = new StringBuilder();
    for (VideoPacket packet : packets) {
      shown.append(packet.emit() ? "[" + packet.pts() + "] " : packet.pts() + " ");
    }
    return shown.toString();
  }
}
