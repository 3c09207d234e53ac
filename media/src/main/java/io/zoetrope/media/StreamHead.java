package io.zoetrope.media;

import static io.zoetrope.media.VideoPacket.NO_TIMESTAMP;

import io.zoetrope.media.CodedPicture.Shows;
import io.zoetrope.media.PacketReader.ReadPacket;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The first packets of a stream, and what is judged by them for the whole of it. How many they are
 * doesn't depend on how the stream is cut, so neither does the judgement.
 */
record StreamHead(VideoStream stream, List<ReadPacket> packets, DisplayStart start) {
  private static final int LEAST_PACKETS = 32;
  private static final int MOST_PACKETS = 1024;
  private static final long MOST_BYTES = 16L << 20;
  private static final int TOLERATED_SHARE_WITHOUT_PTS = 8;

  /** Codecs that reorder pictures, and don't tell how in a way that is understood here. */
  private static final Set<String> ORDER_UNKNOWN = Set.of("vc1", "wmv3", "dirac");

  /** Reads on to where display begins, which is nearly always the first packet. */
  static StreamHead read(PacketReader reader) {
    List<ReadPacket> packets = new ArrayList<>();
    DisplayStart start = new DisplayStart(reader.stream());
    long bytes = 0;
    while (packets.size() < LEAST_PACKETS || (!start.isFound() && packets.size() < MOST_PACKETS)) {
      Optional<ReadPacket> read = bytes < MOST_BYTES ? reader.read() : Optional.empty();
      if (read.isEmpty()) {
        break;
      }
      packets.add(read.get());
      bytes += read.get().packet().data().remaining();
      if (!start.isFound()) {
        start.accept(read.get());
      }
    }
    return new StreamHead(reader.stream(), packets, start);
  }

  /** A few packets without a pts are a flaw of the file; more are the nature of its format. */
  boolean hasTimestamps() {
    List<ReadPacket> first = packets.subList(0, Math.min(packets.size(), LEAST_PACKETS));
    long without =
        first.stream()
            .filter(read -> read.picture().shows() == Shows.FRAME)
            .filter(read -> read.packet().pts() == NO_TIMESTAMP)
            .count();
    return without * TOLERATED_SHARE_WITHOUT_PTS <= first.size();
  }

  /** Whether the order in which pictures are shown is told by their pts alone. */
  boolean isOrderedByTimestamps() {
    return ORDER_UNKNOWN.contains(stream.codec()) && hasTimestamps();
  }

  /**
   * The pts before which nothing is displayed. A stream may start in mid-GOP; most decoders then
   * show nothing before the first random-access point. What comes before it is expected all the
   * same, but time doesn't start there.
   */
  long earliestOrigin() {
    return start.pts();
  }

  /** What a decoder of any part of the stream must know of its encoder; often nothing. */
  byte[] encoderNames() {
    if (!stream.codec().equals("h264") || packets.isEmpty()) {
      return new byte[0];
    }
    return H264Sei.encoderNames(
        packets.get(0).packet().data(), NalUnits.ofH264(stream.extradata()));
  }
}
