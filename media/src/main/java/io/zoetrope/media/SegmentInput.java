package io.zoetrope.media;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;

/** A segment that {@link SegmentWriter} wrote, being read. Owns the native demuxer. */
final class SegmentInput implements AutoCloseable {
  private final String name;
  private final ChannelIo io;
  private final AVFormatContext context;

  /** Opens a segment. The caller closes the channel, afterwards. */
  SegmentInput(SeekableByteChannel channel, String name) throws IOException {
    this.name = name;
    io = new ChannelIo(channel, ReadAllowance.ofBytes(Long.MAX_VALUE));
    context = avformat.avformat_alloc_context();
    io.attach(context);
    // Packets are wanted as they stand there: parsers would leave VP9's without their durations.
    context.flags(
        context.flags() | AVFormatContext.AVFMT_FLAG_NOPARSE | AVFormatContext.AVFMT_FLAG_NOFILLIN);
    int result =
        avformat.avformat_open_input(
            context, (String) null, avformat.av_find_input_format("mov"), (AVDictionary) null);
    if (result >= 0 && context.nb_streams() == 1) {
      return;
    }
    close();
    throw failed(result < 0 ? Ffmpeg.errorText(result) : "it isn't a single stream");
  }

  /** All that comes before the fragment. Moves the channel's position. */
  static ByteBuffer header(SeekableByteChannel channel, String name) throws IOException {
    int size = Math.toIntExact(Fragments.headerBytes(channel, name));
    ByteBuffer header = ByteBuffer.allocate(size);
    channel.position(0);
    while (header.hasRemaining() && channel.read(header) >= 0) {
      // One read may bring less than there is.
    }
    channel.position(0);
    return header.flip();
  }

  AVStream stream() {
    return context.streams(0);
  }

  /** Reads the next packet; false at the end. */
  boolean read(AVPacket packet) throws IOException {
    int result = avformat.av_read_frame(context, packet);
    if (result < 0 && (result != avutil.AVERROR_EOF || io.failure().isPresent())) {
      throw failed(Ffmpeg.errorText(result));
    }
    return result >= 0;
  }

  @Override
  public void close() {
    avformat.avformat_close_input(context);
    io.close();
  }

  private IOException failed(String why) {
    return new IOException(
        "can't read %s: %s".formatted(name, io.failure().map(IOException::getMessage).orElse(why)),
        io.failure().orElse(null));
  }
}
