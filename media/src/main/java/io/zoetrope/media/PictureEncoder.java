package io.zoetrope.media;

import static io.zoetrope.media.MediaException.Code.MEDIA_UNSUPPORTED;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;

/**
 * One FFmpeg encoder, which gives a packet for each picture, in their order. It counts pictures at
 * an even rate; their true times are put onto the packets afterwards, so that no encoder minds how
 * they are spaced. Owns the native encoder. For one thread at a time.
 */
final class PictureEncoder implements AutoCloseable {
  private static final Rational FALLBACK_RATE = new Rational(25, 1);
  private static final int HIGHEST_RATE = 120;

  /** Takes what comes out. */
  interface Output {
    /** {@code packet} stays the encoder's; its times are those given with its picture. */
    void packet(AVPacket packet) throws IOException;
  }

  private record Times(long pts, long duration) {}

  private final EncoderChoice choice;
  private final AVCodecContext context;
  private final AVPacket packet = avcodec.av_packet_alloc();
  private final AVFrame own = avutil.av_frame_alloc();
  private final boolean holdsPictures;
  private final Deque<Times> times = new ArrayDeque<>();
  private long sent;
  private long received;
  private long lastPts = Long.MIN_VALUE;

  /**
   * Opens the encoder.
   *
   * @throws MediaException {@code MEDIA_UNSUPPORTED} if there is no such encoder, or none that
   *     takes such pictures
   */
  PictureEncoder(EncoderChoice choice, PictureFormat format, Rational frameRate) {
    Ffmpeg.quiet();
    this.choice = choice;
    AVCodec codec = avcodec.avcodec_find_encoder_by_name(choice.name());
    if (codec == null) {
      free(null);
      throw new MediaException(
          MEDIA_UNSUPPORTED,
          "This FFmpeg has no encoder %s; choose another one.".formatted(choice.name()));
    }
    context = avcodec.avcodec_alloc_context3(codec);
    holdsPictures = (codec.capabilities() & avcodec.AV_CODEC_CAP_DELAY) != 0;
    describe(format, even(frameRate));
    int result = choice.mayTake(format) ? open(codec) : Ffmpeg.EINVAL;
    if (result < 0) {
      free(context);
      throw new MediaException(
          MEDIA_UNSUPPORTED,
          "The encoder %s takes no pictures of %d × %d here (%s); %s"
              .formatted(
                  choice.name(),
                  format.width(),
                  format.height(),
                  Ffmpeg.errorText(result),
                  choice.remedy(format)));
    }
  }

  private void describe(PictureFormat format, Rational frameRate) {
    context
        .width(format.width())
        .height(format.height())
        .pix_fmt(avutil.AV_PIX_FMT_YUV420P)
        .color_range(format.range())
        .colorspace(format.matrix())
        .color_primaries(StreamParameters.colorPrimaries(format.colorPrimaries()))
        .color_trc(StreamParameters.colorTransfer(format.colorTransfer()))
        .chroma_sample_location(avutil.AVCHROMA_LOC_LEFT)
        .bit_rate(choice.bitRate())
        .gop_size(choice.keyFrameInterval())
        // Packets in the order of their pictures; more threads or slices would make the bytes
        // depend on the machine.
        .max_b_frames(0)
        .thread_count(1)
        .slices(1)
        .flags(
            context.flags()
                | avcodec.AV_CODEC_FLAG_BITEXACT
                | avcodec.AV_CODEC_FLAG_GLOBAL_HEADER
                | avcodec.AV_CODEC_FLAG_CLOSED_GOP);
    set(context.framerate(), frameRate);
    set(context.time_base(), frameRate.inverse());
    set(context.sample_aspect_ratio(), format.sampleAspectRatio());
  }

  private int open(AVCodec codec) {
    AVDictionary options = new AVDictionary(null);
    try {
      choice.options().forEach((key, value) -> avutil.av_dict_set(options, key, value, 0));
      int result = avcodec.avcodec_open2(context, codec, options);
      if (result >= 0 && avutil.av_dict_count(options) > 0) {
        throw new IllegalStateException(choice.name() + " has no such options: " + choice);
      }
      return result;
    } finally {
      avutil.av_dict_free(options);
    }
  }

  /** Tells a muxer's stream what its packets will be. */
  void describe(AVStream stream) {
    Ffmpeg.requireSuccess(
        avcodec.avcodec_parameters_from_context(stream.codecpar(), context),
        "avcodec_parameters_from_context");
    set(stream.avg_frame_rate(), rational(context.framerate()));
    set(stream.sample_aspect_ratio(), rational(context.sample_aspect_ratio()));
  }

  /**
   * Encodes the next picture, which may be changed again afterwards.
   *
   * @param pts in any unit, greater than the one before
   * @param duration in the same unit
   */
  void encode(AVFrame picture, long pts, long duration, Output output) throws IOException {
    if (pts <= lastPts) {
      throw new IllegalArgumentException("time " + pts + " is not after " + lastPts);
    }
    lastPts = pts;
    times.add(new Times(pts, duration));
    AVFrame frame = holdsPictures ? copy(picture) : picture;
    frame.pts(sent++).duration(1);
    send(frame);
    receive(output);
  }

  /** No picture follows. */
  void finish(Output output) throws IOException {
    send(null);
    receive(output);
  }

  @Override
  public void close() {
    free(context);
  }

  private AVFrame copy(AVFrame picture) {
    avutil.av_frame_unref(own);
    own.format(picture.format()).width(picture.width()).height(picture.height());
    Ffmpeg.requireSuccess(avutil.av_frame_get_buffer(own, 0), "av_frame_get_buffer");
    Ffmpeg.requireSuccess(avutil.av_frame_copy(own, picture), "av_frame_copy");
    Ffmpeg.requireSuccess(avutil.av_frame_copy_props(own, picture), "av_frame_copy_props");
    return own;
  }

  private void send(AVFrame frame) {
    Ffmpeg.requireSuccess(avcodec.avcodec_send_frame(context, frame), choice.name());
  }

  private void receive(Output output) throws IOException {
    while (true) {
      int status = avcodec.avcodec_receive_packet(context, packet);
      if (status == Ffmpeg.EAGAIN || status == avutil.AVERROR_EOF) {
        return;
      }
      Ffmpeg.requireSuccess(status, choice.name());
      if (packet.pts() != received) {
        throw new IllegalStateException(
            "%s gave picture %d instead of %d".formatted(choice.name(), packet.pts(), received));
      }
      received++;
      Times own = times.remove();
      output.packet(packet.pts(own.pts()).dts(own.pts()).duration(own.duration()));
    }
  }

  private void free(AVCodecContext opened) {
    avutil.av_frame_free(own);
    avcodec.av_packet_free(packet);
    if (opened != null) {
      avcodec.avcodec_free_context(opened);
    }
  }

  /** What a file claims may be beyond what an encoder believes. */
  private static Rational even(Rational frameRate) {
    double rate = frameRate.isKnown() ? frameRate.toDouble() : 0;
    if (rate < 1) {
      return FALLBACK_RATE;
    }
    return rate > HIGHEST_RATE ? new Rational(HIGHEST_RATE, 1) : frameRate;
  }

  private static Rational rational(AVRational value) {
    return new Rational(value.num(), value.den());
  }

  private static void set(AVRational field, Rational value) {
    field.num(value.numerator()).den(value.denominator());
  }
}
