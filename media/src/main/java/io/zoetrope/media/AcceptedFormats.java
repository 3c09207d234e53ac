package io.zoetrope.media;

import static io.zoetrope.media.MediaException.Code.MEDIA_UNRECOGNISED;
import static io.zoetrope.media.MediaException.Code.MEDIA_UNSUPPORTED;

import java.util.Arrays;
import java.util.Set;
import org.bytedeco.ffmpeg.avformat.AVInputFormat;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;

/**
 * The containers that are opened. Playlists, lists of files and sequences of pictures are not among
 * them.
 */
final class AcceptedFormats {
  private static final Set<String> NAMES =
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

  /** Of these, elementary streams. */
  private static final Set<String> SINGLE_STREAMS =
      Set.of("mpegvideo", "ivf", "h264", "hevc", "m4v", "av1", "obu");

  /**
   * Of these, such as tell by an index where the packets of a time lie. Broadcast streams, in which
   * FFmpeg searches for a time, aren't among them: what comes after that differs now and then from
   * what comes when all is read, in the last picture for one.
   */
  private static final Set<String> INDEXED = Set.of("mov", "matroska", "avi", "flv");

  private AcceptedFormats() {}

  /** The names of the accepted formats, as FFmpeg wants them: separated by commas. */
  static String names() {
    return String.join(",", NAMES);
  }

  /** Whether files of the format consist of one stream and nothing else. */
  static boolean isSingleStream(AVInputFormat format) {
    return SINGLE_STREAMS.contains(format.name().getString());
  }

  /** Whether files of the format tell by an index where the packets of a time lie. */
  static boolean isIndexed(AVInputFormat format) {
    return Arrays.stream(format.name().getString().split(",", -1)).anyMatch(INDEXED::contains);
  }

  /**
   * Tells a format by the first bytes.
   *
   * @throws MediaException if it is none, or none that is accepted
   */
  static AVInputFormat recognise(ChannelIo io, String name) {
    PointerPointer<AVInputFormat> found = new PointerPointer<AVInputFormat>(1).put(0, null);
    try {
      int result =
          avformat.av_probe_input_buffer2(
              io.context(), found, new BytePointer((Pointer) null), null, 0, 0);
      Demuxer.requireChannel(io, name);
      if (result < 0) {
        if (io.allowance().isSpent()) {
          throw Demuxer.probeTooCostly(name);
        }
        throw new MediaException(
            MEDIA_UNRECOGNISED, name + " is not a video: its content is of no known media format.");
      }
      AVInputFormat format = found.get(AVInputFormat.class, 0);
      String names = format.name().getString();
      if (Arrays.stream(names.split(",", -1)).noneMatch(NAMES::contains)) {
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
}
