package io.zoetrope.media;

import static io.zoetrope.media.MediaException.Code.MEDIA_NO_VIDEO;
import static io.zoetrope.media.MediaException.Code.MEDIA_TOO_LARGE;
import static io.zoetrope.media.MediaException.Code.MEDIA_UNREADABLE;
import static io.zoetrope.media.MediaException.Code.MEDIA_UNRECOGNISED;
import static io.zoetrope.media.MediaException.Code.MEDIA_UNSUPPORTED;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVInputFormat;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;

/**
 * A medium that nobody vouches for, opened for the packets of one of its video streams. Only listed
 * containers are opened, and nothing that they name: playlists and reference files in disguise are
 * refused by their format, and FFmpeg's own way to open a further resource is closed.
 */
final class MediaInput implements AutoCloseable {
  /** 8K UHD, 7680 × 4320, rounded up to what FFmpeg's alignment makes of it. */
  static final long MAX_PIXELS = 7680L * 4352;

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
  private static final Set<String> SPARSE_PTS_FORMATS = Set.of("mpeg", "mpegts");
  private static final Set<Integer> ONE_REORDERED_CODECS =
      Set.of(
          avcodec.AV_CODEC_ID_MPEG1VIDEO,
          avcodec.AV_CODEC_ID_MPEG2VIDEO,
          avcodec.AV_CODEC_ID_MPEG4);
  private static final String NO_PROTOCOL = "none";
  private static final OpenNothing OPEN_NOTHING = new OpenNothing();

  private final String name;
  private final ChannelIo io;
  private final AVFormatContext format;
  private final AVStream stream;
  private Optional<String> readError = Optional.empty();

  private MediaInput(String name, ChannelIo io, AVFormatContext format, AVStream stream) {
    this.name = name;
    this.io = io;
    this.format = format;
    this.stream = stream;
  }

  /** Opens the medium; {@code streamIndex} is -1 for the best stream. */
  static MediaInput open(SeekableByteChannel source, String name, int streamIndex) {
    Ffmpeg.quiet();
    ChannelIo io = new ChannelIo(source);
    AVFormatContext format = null;
    try {
      AVInputFormat kind = recognise(io, name);
      format = openFormat(io, kind, name);
      // What can't be decoded for its size loses its size when the streams are looked into.
      long[] declared = pixels(format);
      findStreamInfo(format, io, name);
      AVStream stream = chooseStream(format, streamIndex, name);
      requireDecodable(
          stream, stream.index() < declared.length ? declared[stream.index()] : 0, name);
      for (int i = 0; i < format.nb_streams(); i++) {
        stream(format, i)
            .discard(i == stream.index() ? avcodec.AVDISCARD_DEFAULT : avcodec.AVDISCARD_ALL);
      }
      completeTimestamps(format, kind, stream);
      return new MediaInput(name, io, format, stream);
    } catch (RuntimeException e) {
      if (format != null) {
        avformat.avformat_close_input(format);
      }
      io.close();
      throw e;
    }
  }

  AVFormatContext format() {
    return format;
  }

  AVStream stream() {
    return stream;
  }

  String name() {
    return name;
  }

  /** Reads the stream's next packet that has data; false at the end. */
  boolean read(AVPacket packet) {
    while (true) {
      int result = avformat.av_read_frame(format, packet);
      if (result < 0) {
        // A channel that fails mid-way is reported: its video must not pass for a short one.
        io.failure()
            .ifPresent(
                cause -> {
                  throw unreadable(name, cause.getMessage(), cause);
                });
        if (result != avutil.AVERROR_EOF) {
          readError = Optional.of(Ffmpeg.errorText(result));
        }
        return false;
      }
      if (packet.stream_index() == stream.index() && packet.size() > 0) {
        return true;
      }
      avcodec.av_packet_unref(packet);
    }
  }

  /** Why reading ended before the end of the file. */
  Optional<String> readError() {
    return readError;
  }

  @Override
  public void close() {
    avformat.avformat_close_input(format);
    io.close();
  }

  private static AVInputFormat recognise(ChannelIo io, String name) {
    PointerPointer<AVInputFormat> found = new PointerPointer<AVInputFormat>(1).put(0, null);
    try {
      int result =
          avformat.av_probe_input_buffer2(
              io.context(), found, new BytePointer((Pointer) null), null, 0, 0);
      io.failure()
          .ifPresent(
              cause -> {
                throw unreadable(name, cause.getMessage(), cause);
              });
      if (result < 0) {
        throw new MediaException(
            MEDIA_UNRECOGNISED, name + " is not a video: its content is of no known media format.");
      }
      AVInputFormat kind = found.get(AVInputFormat.class, 0);
      String kinds = kind.name().getString();
      if (Arrays.stream(kinds.split(",")).noneMatch(FORMATS::contains)) {
        throw new MediaException(
            MEDIA_UNSUPPORTED,
            name
                + " is of the format "
                + kinds
                + ", which isn't accepted; convert it to MP4 or Matroska.");
      }
      return kind;
    } finally {
      found.close();
    }
  }

  private static AVFormatContext openFormat(ChannelIo io, AVInputFormat kind, String name) {
    AVFormatContext format = avformat.avformat_alloc_context();
    format.pb(io.context());
    format.io_open(OPEN_NOTHING);
    AVDictionary options = new AVDictionary(null);
    avutil.av_dict_set(options, "format_whitelist", String.join(",", FORMATS), 0);
    avutil.av_dict_set(options, "protocol_whitelist", NO_PROTOCOL, 0);
    try {
      int result = avformat.avformat_open_input(format, (String) null, kind, options);
      if (result < 0) {
        throw unreadable(name, Ffmpeg.errorText(result), io.failure().orElse(null));
      }
    } finally {
      avutil.av_dict_free(options);
    }
    return format;
  }

  private static void findStreamInfo(AVFormatContext format, ChannelIo io, String name) {
    int streams = format.nb_streams();
    PointerPointer<AVDictionary> options = new PointerPointer<>(Math.max(1, streams));
    try {
      for (int i = 0; i < streams; i++) {
        AVDictionary limits = new AVDictionary(null);
        avutil.av_dict_set(limits, "max_pixels", Long.toString(MAX_PIXELS), 0);
        options.put(i, limits);
      }
      int result = avformat.avformat_find_stream_info(format, options);
      if (result < 0) {
        throw unreadable(name, Ffmpeg.errorText(result), io.failure().orElse(null));
      }
    } finally {
      for (int i = 0; i < streams; i++) {
        avutil.av_dict_free(options.position(i));
      }
      options.position(0).close();
    }
  }

  private static AVStream chooseStream(AVFormatContext format, int wanted, String name) {
    if (wanted >= 0) {
      if (wanted < format.nb_streams() && isMovingPicture(stream(format, wanted))) {
        return stream(format, wanted);
      }
      throw new MediaException(
          MEDIA_NO_VIDEO, name + " has no video stream " + wanted + "; choose another one.");
    }
    int best =
        avformat.av_find_best_stream(format, avutil.AVMEDIA_TYPE_VIDEO, -1, -1, (AVCodec) null, 0);
    if (best >= 0 && isMovingPicture(stream(format, best))) {
      return stream(format, best);
    }
    for (int i = 0; i < format.nb_streams(); i++) {
      if (isMovingPicture(stream(format, i))) {
        return stream(format, i);
      }
    }
    throw new MediaException(
        MEDIA_NO_VIDEO, name + " has no moving pictures in it; give a file with a video stream.");
  }

  private static boolean isMovingPicture(AVStream stream) {
    int stills = avformat.AV_DISPOSITION_ATTACHED_PIC | avformat.AV_DISPOSITION_TIMED_THUMBNAILS;
    return stream.codecpar().codec_type() == avutil.AVMEDIA_TYPE_VIDEO
        && (stream.disposition() & stills) == 0;
  }

  private static void requireDecodable(AVStream stream, long declaredPixels, String name) {
    AVCodecParameters parameters = stream.codecpar();
    if (avcodec.avcodec_find_decoder(parameters.codec_id()) == null) {
      throw new MediaException(
          MEDIA_UNSUPPORTED,
          name
              + " is encoded as "
              + avcodec.avcodec_get_name(parameters.codec_id()).getString()
              + ", for which there is no decoder; convert it to H.264.");
    }
    long pixels = (long) parameters.width() * parameters.height();
    if (Math.max(pixels, declaredPixels) > MAX_PIXELS) {
      throw new MediaException(
          MEDIA_TOO_LARGE,
          name
              + " has pictures of "
              + Math.max(pixels, declaredPixels) / 1_000_000
              + " megapixels; scale it down to at most 7680x4320.");
    }
    if (pixels <= 0) {
      throw unreadable(name, "no picture in it can be decoded", null);
    }
  }

  /**
   * MPEG streams need not give every packet a pts. Where a picture is shown when the next reference
   * picture is decoded, FFmpeg fills the gaps from the dts.
   */
  private static void completeTimestamps(
      AVFormatContext format, AVInputFormat kind, AVStream stream) {
    if (SPARSE_PTS_FORMATS.contains(kind.name().getString())
        && ONE_REORDERED_CODECS.contains(stream.codecpar().codec_id())) {
      format.flags(format.flags() | AVFormatContext.AVFMT_FLAG_GENPTS);
    }
  }

  private static long[] pixels(AVFormatContext format) {
    long[] pixels = new long[format.nb_streams()];
    for (int i = 0; i < pixels.length; i++) {
      AVCodecParameters parameters = stream(format, i).codecpar();
      pixels[i] = (long) parameters.width() * parameters.height();
    }
    return pixels;
  }

  private static AVStream stream(AVFormatContext format, int index) {
    return new AVStream(format.streams().get(index));
  }

  private static MediaException unreadable(String name, String why, IOException cause) {
    return new MediaException(
        MEDIA_UNREADABLE, name + " can't be read (" + why + "); check that it is whole.", cause);
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
