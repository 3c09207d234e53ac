package io.zoetrope.media;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVCodecDescriptor;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacketSideData;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.IntPointer;

/** Translates between FFmpeg's stream parameters and {@link VideoStream}. */
final class StreamParameters {
  private static final List<String> FIELD_ORDERS =
      List.of(VideoStream.UNKNOWN, "progressive", "tt", "bb", "tb", "bt");
  private static final int DISPLAY_MATRIX_INTS = 9;

  private StreamParameters() {}

  /** Describes a stream whose packets carry {@code parameters}, which may be a filter's. */
  static VideoStream describe(
      AVFormatContext format, AVStream stream, AVCodecParameters parameters) {
    Rational timeBase = rational(stream.time_base());
    Rational frameRate = rational(avformat.av_guess_frame_rate(format, stream, null));
    return new VideoStream(
        stream.index(),
        avcodec.avcodec_get_name(parameters.codec_id()).getString(),
        parameters.codec_tag(),
        name(avutil.av_get_pix_fmt_name(parameters.format())),
        parameters.width(),
        parameters.height(),
        parameters.profile(),
        parameters.level(),
        parameters.video_delay(),
        FIELD_ORDERS.get(parameters.field_order()),
        parameters.bits_per_coded_sample(),
        parameters.bits_per_raw_sample(),
        name(avutil.av_color_range_name(parameters.color_range())),
        name(avutil.av_color_space_name(parameters.color_space())),
        name(avutil.av_color_primaries_name(parameters.color_primaries())),
        name(avutil.av_color_transfer_name(parameters.color_trc())),
        name(avutil.av_chroma_location_name(parameters.chroma_location())),
        rational(parameters.sample_aspect_ratio()),
        timeBase,
        frameRate,
        ByteBuffer.wrap(copy(parameters.extradata(), parameters.extradata_size())),
        displayMatrix(parameters),
        estimatedFrames(format, stream, timeBase, frameRate));
  }

  /**
   * A codec context that isn't opened yet; {@code codec} may be null where only a parser will use
   * it. The caller owns it.
   */
  static AVCodecContext newContext(VideoStream stream, AVCodec codec, ByteBuffer extradata) {
    AVCodecContext context = avcodec.avcodec_alloc_context3(codec);
    AVCodecParameters parameters = avcodec.avcodec_parameters_alloc();
    try (AVRational timeBase = newRational(stream.timeBase());
        AVRational aspectRatio = newRational(stream.sampleAspectRatio())) {
      parameters
          .codec_type(avutil.AVMEDIA_TYPE_VIDEO)
          .codec_id(codecId(stream))
          .codec_tag(stream.codecTag())
          .format(avutil.av_get_pix_fmt(stream.pixelFormat()))
          .width(stream.width())
          .height(stream.height())
          .profile(stream.profile())
          .level(stream.level())
          .video_delay(stream.videoDelay())
          .field_order(Math.max(0, FIELD_ORDERS.indexOf(stream.fieldOrder())))
          .bits_per_coded_sample(stream.bitsPerCodedSample())
          .bits_per_raw_sample(stream.bitsPerRawSample())
          .color_range(Math.max(0, avutil.av_color_range_from_name(stream.colorRange())))
          .color_space(colorSpace(stream.colorSpace()))
          .color_primaries(colorPrimaries(stream.colorPrimaries()))
          .color_trc(colorTransfer(stream.colorTransfer()))
          .chroma_location(
              Math.max(0, avutil.av_chroma_location_from_name(stream.chromaLocation())))
          .sample_aspect_ratio(aspectRatio);
      putExtradata(parameters, extradata);
      Ffmpeg.requireSuccess(
          avcodec.avcodec_parameters_to_context(context, parameters),
          "avcodec_parameters_to_context");
      context.pkt_timebase(timeBase);
      return context;
    } catch (RuntimeException e) {
      avcodec.avcodec_free_context(context);
      throw e;
    } finally {
      avcodec.avcodec_parameters_free(parameters);
    }
  }

  /** FFmpeg's number of a colour matrix. */
  static int colorSpace(String name) {
    return known(avutil.av_color_space_from_name(name), avutil.AVCOL_SPC_UNSPECIFIED);
  }

  /** FFmpeg's number of a set of primary colours. */
  static int colorPrimaries(String name) {
    return known(avutil.av_color_primaries_from_name(name), avutil.AVCOL_PRI_UNSPECIFIED);
  }

  /** FFmpeg's number of a transfer characteristic. */
  static int colorTransfer(String name) {
    return known(avutil.av_color_transfer_from_name(name), avutil.AVCOL_TRC_UNSPECIFIED);
  }

  /** FFmpeg's number of the stream's codec; {@code AV_CODEC_ID_NONE} if it has none of the name. */
  static int codecId(VideoStream stream) {
    AVCodecDescriptor descriptor = avcodec.avcodec_descriptor_get_by_name(stream.codec());
    return descriptor == null ? avcodec.AV_CODEC_ID_NONE : descriptor.id();
  }

  /** A copy on the heap; FFmpeg's memory stays its own. */
  static byte[] copy(BytePointer data, long size) {
    byte[] bytes = new byte[data == null ? 0 : Math.toIntExact(size)];
    if (bytes.length > 0) {
      data.position(0).get(bytes);
    }
    return bytes;
  }

  private static void putExtradata(AVCodecParameters parameters, ByteBuffer extradata) {
    int size = extradata.remaining();
    if (size == 0) {
      return;
    }
    BytePointer memory =
        new BytePointer(avutil.av_mallocz(size + (long) avcodec.AV_INPUT_BUFFER_PADDING_SIZE));
    memory.capacity(size).asByteBuffer().put(extradata.duplicate());
    parameters.extradata(memory).extradata_size(size);
  }

  private static List<Integer> displayMatrix(AVCodecParameters parameters) {
    AVPacketSideData found =
        avcodec.av_packet_side_data_get(
            parameters.coded_side_data(),
            parameters.nb_coded_side_data(),
            avcodec.AV_PKT_DATA_DISPLAYMATRIX);
    if (found == null || found.size() < (long) DISPLAY_MATRIX_INTS * Integer.BYTES) {
      return List.of();
    }
    List<Integer> matrix = new ArrayList<>();
    IntPointer numbers = new IntPointer(found.data());
    for (int i = 0; i < DISPLAY_MATRIX_INTS; i++) {
      matrix.add(numbers.get(i));
    }
    return matrix;
  }

  private static long estimatedFrames(
      AVFormatContext format, AVStream stream, Rational timeBase, Rational frameRate) {
    if (stream.nb_frames() > 0) {
      return stream.nb_frames();
    }
    double seconds =
        stream.duration() > 0
            ? stream.duration() * timeBase.toDouble()
            : format.duration() / (double) avutil.AV_TIME_BASE;
    return frameRate.isKnown() && seconds > 0 ? Math.round(seconds * frameRate.toDouble()) : 0;
  }

  private static Rational rational(AVRational value) {
    return new Rational(value.num(), value.den());
  }

  private static AVRational newRational(Rational value) {
    return new AVRational().num(value.numerator()).den(value.denominator());
  }

  private static int known(int number, int otherwise) {
    return number < 0 ? otherwise : number;
  }

  private static String name(BytePointer name) {
    return name == null ? VideoStream.UNKNOWN : name.getString();
  }
}
