package io.zoetrope.media;

import static io.zoetrope.media.MediaException.Code.MEDIA_UNREADABLE;
import static io.zoetrope.media.MediaException.Code.MEDIA_UNRECOGNISED;
import static io.zoetrope.media.MediaException.Code.MEDIA_UNSUPPORTED;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVInputFormat;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;

/**
 * A medium that nobody vouches for, opened. Only listed containers are, and nothing that they name:
 * playlists and reference files in disguise are refused by their format, and FFmpeg's own way to
 * open a further resource is closed. Owns the native context and what it reads through.
 */
final class Demuxer implements AutoCloseable {
  private static final Set<String> FORMATS =
      Set.of(
          "mov",
          "matroska",
          "webm",
          "avi",
          "mpegts",
          "mpeg",
          "mpegvideo",
          "flv",
          "ogg",
          "asf",
          "mxf",
          "ivf",
          "h264",
          "hevc",
          "m4v",
          "av1",
          "obu");
  private static final String NO_PROTOCOL = "none";
  private static final OpenNothing OPEN_NOTHING = new OpenNothing();

  private final String name;
  private final ChannelIo io;
  private final AVFormatContext context;
  private final long[] declaredPixels;
  private Optional<String> readError = Optional.empty();

  private Demuxer(String name, ChannelIo io, AVFormatContext context) {
    this.name = name;
    this.io = io;
    this.context = context;
    declaredPixels = streams().stream().mapToLong(Demuxer::pixels).toArray();
  }

  static Demuxer open(SeekableByteChannel source, String name, MediaLimits limits) {
    Ffmpeg.quiet();
    ChannelIo io = new ChannelIo(source);
    Demuxer opened;
    try {
      opened = new Demuxer(name, io, openFormat(io, recognise(io, name), name));
    } catch (RuntimeException e) {
      io.close();
      throw e;
    }
    try {
      opened.findStreamInfo(limits);
      return opened;
    } catch (RuntimeException e) {
      opened.close();
      throw e;
    }
  }

  AVFormatContext context() {
    return context;
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

  /** Reads the next packet of any stream; false at the end. */
  boolean read(AVPacket packet) {
    int result = avformat.av_read_frame(context, packet);
    if (result >= 0) {
      return true;
    }
    // A channel that fails mid-way is an error: its video must not pass for a shorter one.
    requireChannel(io, name);
    if (result != avutil.AVERROR_EOF) {
      readError = Optional.of(Ffmpeg.errorText(result));
    }
    return false;
  }

  /** Why reading ended before the end of the file. */
  Optional<String> readError() {
    return readError;
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

  private static AVInputFormat recognise(ChannelIo io, String name) {
    PointerPointer<AVInputFormat> found = new PointerPointer<AVInputFormat>(1).put(0, null);
    try {
      int result =
          avformat.av_probe_input_buffer2(
              io.context(), found, new BytePointer((Pointer) null), null, 0, 0);
      requireChannel(io, name);
      if (result < 0) {
        throw new MediaException(
            MEDIA_UNRECOGNISED, name + " is not a video: its content is of no known media format.");
      }
      AVInputFormat format = found.get(AVInputFormat.class, 0);
      String names = format.name().getString();
      if (Arrays.stream(names.split(",", -1)).noneMatch(FORMATS::contains)) {
        throw new MediaException(
            MEDIA_UNSUPPORTED,
            name
                + " is of the format "
                + names
                + ", which isn't accepted; convert it to MP4 or Matroska.");
      }
      return format;
    } finally {
      found.close();
    }
  }

  private static AVFormatContext openFormat(ChannelIo io, AVInputFormat format, String name) {
    AVFormatContext context = avformat.avformat_alloc_context();
    context.pb(io.context());
    context.io_open(OPEN_NOTHING);
    AVDictionary options = new AVDictionary(null);
    avutil.av_dict_set(options, "format_whitelist", String.join(",", FORMATS), 0);
    avutil.av_dict_set(options, "protocol_whitelist", NO_PROTOCOL, 0);
    try {
      // Frees the context if it fails.
      int result = avformat.avformat_open_input(context, (String) null, format, options);
      if (result < 0) {
        throw unreadable(name, Ffmpeg.errorText(result), io.failure().orElse(null));
      }
      return context;
    } finally {
      avutil.av_dict_free(options);
    }
  }

  private void findStreamInfo(MediaLimits limits) {
    int streams = context.nb_streams();
    PointerPointer<AVDictionary> options = new PointerPointer<>(Math.max(1, streams));
    try {
      for (int i = 0; i < streams; i++) {
        AVDictionary decoding = new AVDictionary(null);
        avutil.av_dict_set(decoding, "max_pixels", Long.toString(limits.picturePixels()), 0);
        options.put(i, decoding);
      }
      int result = avformat.avformat_find_stream_info(context, options);
      requireChannel(io, name);
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

  private static void requireChannel(ChannelIo io, String name) {
    if (io.failure().isPresent()) {
      IOException cause = io.failure().get();
      throw unreadable(name, cause.getMessage(), cause);
    }
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
