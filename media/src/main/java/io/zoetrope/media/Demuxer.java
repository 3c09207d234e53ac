package io.zoetrope.media;

import static io.zoetrope.media.MediaException.Code.MEDIA_PACKET_TOO_LARGE;
import static io.zoetrope.media.MediaException.Code.MEDIA_PROBE_TOO_COSTLY;
import static io.zoetrope.media.MediaException.Code.MEDIA_TOO_MANY_STREAMS;
import static io.zoetrope.media.MediaException.Code.MEDIA_UNREADABLE;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVInputFormat;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.PointerPointer;

/**
 * A medium that nobody vouches for, opened. Only listed containers are, and nothing that they name:
 * playlists and reference files in disguise are refused by their format, and FFmpeg's own way to
 * open a further resource is closed. Owns the native context and what it reads through.
 */
final class Demuxer implements AutoCloseable {
  private static final String NO_PROTOCOL = "none";
  private static final OpenNothing OPEN_NOTHING = new OpenNothing();
  // FFmpeg's own limit. Up to it, streams that are too many are counted instead of refused.
  private static final int COUNTABLE_STREAMS = 1000;
  // An index at the end, non-interleaved streams: more than once through the file is no circle yet.
  private static final int ROUNDS_WITHOUT_PACKET = 2;
  private static final long SLACK_BYTES = 64L << 20;
  private static final long READ_AHEAD_BYTES = 4L << 20;

  private final String name;
  private final ChannelIo io;
  private final AVFormatContext context;
  private final MediaLimits limits;
  private final SeekableByteChannel source;
  private final long fileBytes;
  private final long[] declaredPixels;
  private boolean probing = true;
  private Optional<String> readError = Optional.empty();

  private Demuxer(
      String name,
      SeekableByteChannel source,
      ChannelIo io,
      AVFormatContext context,
      MediaLimits limits,
      long fileBytes) {
    this.name = name;
    this.source = source;
    this.io = io;
    this.context = context;
    this.limits = limits;
    this.fileBytes = fileBytes;
    declaredPixels = streams().stream().mapToLong(Demuxer::pixels).toArray();
  }

  static Demuxer open(SeekableByteChannel source, String name, MediaLimits limits) {
    return open(source, name, limits, AcceptedCodecs.decoderNames());
  }

  /** {@code decoders} are those that may look into streams for what they are, with commas. */
  static Demuxer open(
      SeekableByteChannel source, String name, MediaLimits limits, String decoders) {
    Ffmpeg.quiet();
    Ffmpeg.limitBlocks(limits.largestBlock());
    ChannelIo io = new ChannelIo(source, ReadAllowance.of(limits.probeBytes(), limits.probeTime()));
    Demuxer opened;
    try {
      AVInputFormat format = AcceptedFormats.recognise(io, name);
      long fileBytes = source.size();
      DeclaredIndex.requireModest(source, format, name, limits);
      opened =
          new Demuxer(
              name, source, io, openFormat(io, format, name, limits, decoders), limits, fileBytes);
    } catch (RuntimeException e) {
      io.close();
      throw e;
    } catch (IOException e) {
      io.close();
      throw unreadable(name, e.getMessage(), e);
    }
    try {
      opened.requireFewStreams();
      opened.requireSmallPackets();
      opened.findStreamInfo();
      opened.requireFewStreams();
      return opened;
    } catch (RuntimeException e) {
      opened.close();
      throw e;
    }
  }

  AVFormatContext context() {
    return context;
  }

  long fileBytes() {
    return fileBytes;
  }

  List<AVStream> streams() {
    List<AVStream> streams = new ArrayList<>();
    for (int i = 0; i < context.nb_streams(); i++) {
      streams.add(new AVStream(context.streams().get(i)));
    }
    return streams;
  }

  /**
   * Pixels of a stream's pictures, by the container or by the stream itself. What can't be decoded
   * for its size loses its size when FFmpeg looks into it, so both count.
   */
  long largestPixels(AVStream stream) {
    int index = stream.index();
    return Math.max(pixels(stream), index < declaredPixels.length ? declaredPixels[index] : 0);
  }

  /**
   * Reads the next packet of any stream; false at the end. Looking into the medium goes on until
   * {@link #progress()} is told of a packet.
   */
  boolean read(AVPacket packet) {
    int result = avformat.av_read_frame(context, packet);
    if (result >= 0) {
      return true;
    }
    // A channel that fails mid-way is an error: its video must not pass for a shorter one.
    requireChannel(io, name);
    if (probing) {
      requireAllowance();
    }
    if (result == Ffmpeg.ENOMEM) {
      throw packetTooLarge();
    }
    if (result == avutil.AVERROR_EXIT) {
      if (AcceptedFormats.isSingleStream(context.iformat())) {
        throw packetTooLarge();
      }
      readError = Optional.of("the file was read again and again without another picture");
    } else if (result != avutil.AVERROR_EOF) {
      readError = Optional.of(Ffmpeg.errorText(result));
    }
    return false;
  }

  /** What is missing at the end of the file by its own account. To be asked when all is read. */
  Optional<String> missingTail() {
    try {
      return MissingTail.of(new RandomBytes(source), context.iformat().name().getString());
    } catch (IOException e) {
      throw unreadable(name, e.getMessage(), e);
    }
  }

  /** A packet that was looked for was found. */
  void progress() {
    if (probing) {
      probing = false;
      // Where all bytes are of the one stream, they are bytes of its next packet.
      io.allow(
          ReadAllowance.ofBytes(
              AcceptedFormats.isSingleStream(context.iformat())
                  ? limits.packetBytes() + READ_AHEAD_BYTES
                  : ROUNDS_WITHOUT_PACKET * fileBytes + SLACK_BYTES));
    }
    io.allowance().renew();
  }

  /** Why reading ended before the end of the file. */
  Optional<String> readError() {
    return readError;
  }

  MediaException packetTooLarge() {
    return new MediaException(
        MEDIA_PACKET_TOO_LARGE,
        "%s has a compressed picture of more than %d bytes; encode it smaller, or raise media.limits.packet."
            .formatted(name, limits.packetBytes()));
  }

  @Override
  public void close() {
    avformat.avformat_close_input(context);
    io.close();
  }

  static MediaException unreadable(String name, String why, IOException cause) {
    return new MediaException(
        MEDIA_UNREADABLE, name + " can't be read (" + why + "); check that it is whole.", cause);
  }

  static MediaException probeTooCostly(String name) {
    return new MediaException(
        MEDIA_PROBE_TOO_COSTLY,
        name
            + " takes too much reading or too large an index before its first picture is found;"
            + " remux it, or raise media.limits.probe.size or media.limits.probe.time.");
  }

  static MediaException tooManyStreams(String name, MediaLimits limits) {
    return new MediaException(
        MEDIA_TOO_MANY_STREAMS,
        "%s has more than %d streams; keep only the video, or raise media.limits.streams."
            .formatted(name, limits.streams()));
  }

  static void requireChannel(ChannelIo io, String name) {
    if (io.failure().isPresent()) {
      IOException cause = io.failure().get();
      throw unreadable(name, cause.getMessage(), cause);
    }
  }

  /**
   * Opens the container. FFmpeg reads the heads of all fragments of an MP4 file at once, and gives
   * up where one of them is damaged or cut off; then they are read as they come.
   */
  private static AVFormatContext openFormat(
      ChannelIo io, AVInputFormat format, String name, MediaLimits limits, String decoders) {
    AVFormatContext context = avformat.avformat_alloc_context();
    int result = open(context, io, format, limits, decoders);
    if ((result == avutil.AVERROR_INVALIDDATA || result == avutil.AVERROR_EOF)
        && DeclaredIndex.isKnown(format)) {
      avformat.avio_seek(io.context(), 0, 0);
      context = avformat.avformat_alloc_context();
      context.flags(context.flags() | AVFormatContext.AVFMT_FLAG_IGNIDX);
      result = open(context, io, format, limits, decoders);
    }
    if (result >= 0) {
      return context;
    }
    requireChannel(io, name);
    if (io.allowance().isSpent()) {
      throw probeTooCostly(name);
    }
    if (result == Ffmpeg.ENOMEM) {
      // An MP4 index was looked into before; anywhere else it's streams that take the memory.
      throw DeclaredIndex.isKnown(format) ? probeTooCostly(name) : tooManyStreams(name, limits);
    }
    throw unreadable(name, Ffmpeg.errorText(result), null);
  }

  /** Frees the context if it fails. */
  private static int open(
      AVFormatContext context,
      ChannelIo io,
      AVInputFormat format,
      MediaLimits limits,
      String decoders) {
    io.attach(context);
    context.io_open(OPEN_NOTHING);
    AVDictionary options = new AVDictionary(null);
    set(options, "format_whitelist", AcceptedFormats.names());
    set(options, "codec_whitelist", decoders);
    set(options, "protocol_whitelist", NO_PROTOCOL);
    set(
        options,
        "max_streams",
        Math.min(Integer.MAX_VALUE, Math.max(COUNTABLE_STREAMS, limits.streams() + 1L)));
    try {
      return avformat.avformat_open_input(context, (String) null, format, options);
    } finally {
      avutil.av_dict_free(options);
    }
  }

  private void findStreamInfo() {
    int streams = context.nb_streams();
    PointerPointer<AVDictionary> options = new PointerPointer<>(Math.max(1, streams));
    try {
      for (int i = 0; i < streams; i++) {
        AVDictionary decoding = new AVDictionary(null);
        set(decoding, "max_pixels", limits.picturePixels());
        options.put(i, decoding);
      }
      int result = avformat.avformat_find_stream_info(context, options);
      requireChannel(io, name);
      requireAllowance();
      if (result < 0) {
        throw unreadable(name, Ffmpeg.errorText(result), null);
      }
    } finally {
      for (int i = 0; i < streams; i++) {
        avutil.av_dict_free(options.position(i));
      }
      options.position(0).close();
    }
  }

  private void requireFewStreams() {
    if (context.nb_streams() > limits.streams()) {
      throw tooManyStreams(name, limits);
    }
  }

  /** By an index that is known before the packets are. */
  private void requireSmallPackets() {
    if (fileBytes <= limits.packetBytes()) {
      return;
    }
    for (AVStream stream : streams()) {
      boolean video = stream.codecpar().codec_type() == avutil.AVMEDIA_TYPE_VIDEO;
      int indexed = video ? avformat.avformat_index_get_entries_count(stream) : 0;
      for (int i = 0; i < indexed; i++) {
        if (avformat.avformat_index_get_entry(stream, i).size() > limits.packetBytes()) {
          throw packetTooLarge();
        }
      }
    }
  }

  private void requireAllowance() {
    if (io.allowance().isSpent()) {
      throw probeTooCostly(name);
    }
  }

  private static void set(AVDictionary options, String key, Object value) {
    avutil.av_dict_set(options, key, value.toString(), 0);
  }

  private static long pixels(AVStream stream) {
    AVCodecParameters parameters = stream.codecpar();
    return parameters.codec_type() == avutil.AVMEDIA_TYPE_VIDEO
        ? (long) parameters.width() * parameters.height()
        : 0;
  }

  private static final class OpenNothing
      extends AVFormatContext
          .Io_open_AVFormatContext_PointerPointer_BytePointer_int_PointerPointer {
    @Override
    @SuppressWarnings("rawtypes")
    public int call(
        AVFormatContext format,
        PointerPointer context,
        BytePointer url,
        int flags,
        PointerPointer options) {
      return Ffmpeg.EPERM;
    }
  }
}
