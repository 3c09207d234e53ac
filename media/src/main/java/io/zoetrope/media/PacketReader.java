package io.zoetrope.media;

import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avcodec.AVPacketSideData;
import org.bytedeco.ffmpeg.global.avcodec;

/**
 * Reads the packets of one video stream onto the heap, each with what its bitstream says. Owns
 * everything native that reading takes.
 */
final class PacketReader implements AutoCloseable {
  /**
   * One packet as it stands in the file.
   *
   * @param intra whether the picture refers to no other, as far as the parser sees
   * @param newExtradata the codec header in force, where it isn't the stream's first one any more
   */
  record ReadPacket(
      VideoPacket packet, CodedPicture picture, boolean intra, Optional<ByteBuffer> newExtradata) {}

  private final MediaInput input;
  private final PacketFilter filter;
  private final VideoStream stream;
  private final AVPacket packet = avcodec.av_packet_alloc();
  private PacketParser parser;
  private PictureReader pictures;
  private Optional<ByteBuffer> newExtradata = Optional.empty();

  private PacketReader(MediaInput input, PacketFilter filter) {
    this.input = input;
    this.filter = filter;
    stream = StreamParameters.describe(input.format(), input.stream(), filter.parameters());
    parser = new PacketParser(stream, stream.extradata());
    pictures = PictureReader.of(stream.codec(), stream.extradata());
  }

  static PacketReader open(
      SeekableByteChannel source, String name, int streamIndex, MediaLimits limits) {
    MediaInput input = MediaInput.open(source, name, streamIndex, limits);
    try {
      return new PacketReader(input, new PacketFilter(input));
    } catch (RuntimeException e) {
      input.close();
      throw e;
    }
  }

  VideoStream stream() {
    return stream;
  }

  /** The native parameters of the packets; the reader's own. */
  AVCodecParameters parameters() {
    return filter.parameters();
  }

  String name() {
    return input.name();
  }

  /** When the first stream of the file starts, in the time base of this one. */
  OptionalLong startPts() {
    return input.startPts();
  }

  /** Why reading ended before the end of the file. */
  Optional<String> readError() {
    return input.readError();
  }

  /** Packets of the stream that the container had so far. */
  long packetsRead() {
    return input.packetsRead();
  }

  /** Those without a picture, which were passed over. */
  long emptyPackets() {
    return input.emptyPackets() + filter.dropped();
  }

  /** The next packet; empty at the end. */
  Optional<ReadPacket> read() {
    if (!filter.read(packet)) {
      return Optional.empty();
    }
    try {
      List<SideData> sideData = sideData();
      ParsedPicture parsed = parser.parse(packet);
      byte[] data = StreamParameters.copy(packet.data(), packet.size());
      boolean key = (packet.flags() & avcodec.AV_PKT_FLAG_KEY) != 0;
      CodedPicture picture = pictures.read(data, key, parsed);
      VideoPacket read =
          new VideoPacket(
              packet.pts(),
              packet.dts(),
              packet.duration(),
              packet.flags(),
              VideoPacket.NOT_EMITTED,
              false,
              ByteBuffer.wrap(data),
              sideData);
      boolean intra = parsed.type() == ParsedPicture.Type.INTRA;
      return Optional.of(new ReadPacket(read, picture, intra, newExtradata));
    } finally {
      avcodec.av_packet_unref(packet);
    }
  }

  /**
   * Goes to where the container's index has the keyframe before a time of the stream.
   *
   * @return whether the container could; where it couldn't, nothing sensible follows
   */
  boolean seek(long time) {
    ByteBuffer header = newExtradata.orElse(stream.extradata());
    filter.flush();
    parser.close();
    parser = new PacketParser(stream, header);
    pictures = PictureReader.of(stream.codec(), header);
    return input.seek(time);
  }

  /** Whether the container has an index by which keyframes are found. */
  boolean isIndexed() {
    return AcceptedFormats.isIndexed(input.format().iformat());
  }

  @Override
  public void close() {
    parser.close();
    avcodec.av_packet_free(packet);
    filter.close();
    input.close();
  }

  private List<SideData> sideData() {
    if (packet.side_data_elems() == 0) {
      return List.of();
    }
    List<SideData> carried = new ArrayList<>();
    for (int i = 0; i < packet.side_data_elems(); i++) {
      AVPacketSideData entry = packet.side_data().getPointer(i);
      if (!SideDataTypes.isCarried(entry.type())) {
        continue;
      }
      ByteBuffer data = ByteBuffer.wrap(StreamParameters.copy(entry.data(), entry.size()));
      carried.add(new SideData(SideDataTypes.name(entry.type()), data));
      if (entry.type() == avcodec.AV_PKT_DATA_NEW_EXTRADATA) {
        newExtradata = Optional.of(data);
        parser.close();
        parser = new PacketParser(stream, data);
        pictures.useHeader(data);
      }
    }
    return List.copyOf(carried);
  }
}
