package io.zoetrope.media;

import static io.zoetrope.media.VideoPacket.NO_TIMESTAMP;

import io.zoetrope.media.PacketReader.ReadPacket;
import java.nio.channels.SeekableByteChannel;
import java.util.List;
import java.util.Optional;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;

/**
 * Reads a video from a place at which decoding can begin and that is shown no later than some time,
 * as the container's index has it and as the bitstream confirms. Owns what reading takes.
 */
final class KeyframeSearch implements AutoCloseable {
  /** Keyframes are indexed by the time at which they are decoded, some frames before. */
  private static final List<Integer> SECONDS_BACK = List.of(0, 1, 4, 16, 64);

  private final PacketReader reader;
  private final StreamHead head;
  private final boolean usable;

  private KeyframeSearch(PacketReader reader) {
    this.reader = reader;
    head = StreamHead.read(reader);
    usable = reader.isIndexed() && head.hasTimestamps();
  }

  static KeyframeSearch open(SeekableByteChannel source, String name, int streamIndex) {
    PacketReader reader = PacketReader.open(source, name, streamIndex, MediaLimits.UNLIMITED);
    try {
      return new KeyframeSearch(reader);
    } catch (RuntimeException e) {
      reader.close();
      throw e;
    }
  }

  /**
   * Goes to a random-access point that is shown at {@code pts} or before.
   *
   * @return its packet, ready for a fresh decoder; empty where none was found
   */
  Optional<ReadPacket> seek(long pts) {
    for (int i = 0; usable && i < SECONDS_BACK.size(); i++) {
      if (reader.seek(pts - ticks(SECONDS_BACK.get(i)))) {
        Optional<ReadPacket> found = reader.read().filter(read -> isStart(read, pts));
        if (found.isPresent()) {
          return found.map(this::independent);
        }
      }
    }
    return Optional.empty();
  }

  /** The packet after the one that was found or read last; empty at the end. */
  Optional<ReadPacket> read() {
    return reader.read();
  }

  /** The native parameters of the packets; the reader's own. */
  AVCodecParameters parameters() {
    return reader.parameters();
  }

  VideoStream stream() {
    return reader.stream();
  }

  @Override
  public void close() {
    reader.close();
  }

  private static boolean isStart(ReadPacket read, long pts) {
    long shown = read.packet().pts();
    return read.picture().randomAccess() && shown != NO_TIMESTAMP && shown <= pts;
  }

  private ReadPacket independent(ReadPacket read) {
    return new ReadPacket(
        read.packet().independent(head.encoderNames(), read.newExtradata()),
        read.picture(),
        read.intra(),
        read.newExtradata());
  }

  private long ticks(int seconds) {
    return Rational.rescale(seconds, new Rational(1, 1), stream().timeBase());
  }
}
