package io.zoetrope.media;

import static io.zoetrope.media.VideoPacket.NO_TIMESTAMP;

import io.zoetrope.media.CodedPicture.Shows;
import io.zoetrope.media.PacketReader.ReadPacket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The first packets of a stream, and what is judged by them for the whole of it. How many they are
 * doesn't depend on how the stream is cut, so neither does the judgement.
 */
record StreamHead(VideoStream stream, List<ReadPacket> packets) {
  private static final int MOST_PACKETS = 32;
  private static final long MOST_BYTES = 16L << 20;
  private static final int TOLERATED_SHARE_WITHOUT_PTS = 8;
  private static final Set<String> SILENT_BEFORE_RANDOM_ACCESS = Set.of("h264", "hevc");

  static StreamHead read(PacketReader reader) {
    List<ReadPacket> packets = new ArrayList<>();
    long bytes = 0;
    while (packets.size() < MOST_PACKETS && bytes < MOST_BYTES) {
      Optional<ReadPacket> read = reader.read();
      if (read.isEmpty()) {
        break;
      }
      packets.add(read.get());
      bytes += read.get().packet().data().remaining();
    }
    return new StreamHead(reader.stream(), packets);
  }

  /** A few packets without a pts are a flaw of the file; more are the nature of its format. */
  boolean hasTimestamps() {
    long without =
        packets.stream()
            .filter(read -> read.picture().shows() == Shows.FRAME)
            .filter(read -> read.packet().pts() == NO_TIMESTAMP)
            .count();
    return without * TOLERATED_SHARE_WITHOUT_PTS <= packets.size();
  }

  /**
   * The pts before which nothing is displayed. A stream may start in mid-GOP; decoders of H.264 and
   * HEVC then show nothing before the first random-access point. What comes before it is expected
   * all the same, but time doesn't start there.
   */
  long earliestOrigin() {
    if (!SILENT_BEFORE_RANDOM_ACCESS.contains(stream.codec())) {
      return NO_TIMESTAMP;
    }
    return packets.stream()
        .filter(read -> read.picture().randomAccess())
        .findFirst()
        .map(read -> read.packet().pts())
        .orElse(NO_TIMESTAMP);
  }

  /** What a decoder of any part of the stream must know of its encoder; often nothing. */
  byte[] encoderNames() {
    if (!stream.codec().equals("h264") || packets.isEmpty()) {
      return new byte[0];
    }
    ByteBuffer data = packets.get(0).packet().data();
    byte[] packet = new byte[data.remaining()];
    data.duplicate().get(packet);
    return H264Sei.encoderNames(packet, NalUnits.ofH264(stream.extradata()));
  }
}
