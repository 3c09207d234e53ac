package io.zoetrope.media;

import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;

/** One of FFmpeg's encoders whose only packet is a whole file. Owns the native encoder. */
final class PictureEncoding implements AutoCloseable {
  private static final int MILLIS = 1000;

  private final AVCodecContext context;
  private final AVPacket packet = avcodec.av_packet_alloc();

  /**
   * Opens an encoder of pictures of one size, whose times are milliseconds.
   *
   * @param quality in the encoder's own terms; less than 0: it has none
   */
  PictureEncoding(String encoder, int width, int height, int pixelFormat, int quality) {
    AVCodec codec = avcodec.avcodec_find_encoder_by_name(encoder);
    if (codec == null) {
      throw new IllegalStateException("this FFmpeg was built without " + encoder);
    }
    context = avcodec.avcodec_alloc_context3(codec);
    context.width(width).height(height).pix_fmt(pixelFormat).thread_count(1);
    context.time_base().num(1).den(MILLIS);
    int flags = avcodec.AV_CODEC_FLAG_BITEXACT;
    if (quality >= 0) {
      flags |= avcodec.AV_CODEC_FLAG_QSCALE;
      context.global_quality(quality * avutil.FF_QP2LAMBDA);
    }
    context.flags(context.flags() | flags);
    int result = avcodec.avcodec_open2(context, codec, (AVDictionary) null);
    if (result < 0) {
      close();
      throw new IllegalArgumentException(
          "%s can't encode %d × %d: %s"
              .formatted(encoder, width, height, Ffmpeg.errorText(result)));
    }
  }

  /** Takes a picture, which stays the caller's. */
  void add(AVFrame frame, long millis, long durationMillis) {
    frame.pts(millis);
    frame.duration(durationMillis);
    frame.quality(context.global_quality());
    Ffmpeg.requireSuccess(avcodec.avcodec_send_frame(context, frame), "avcodec_send_frame");
  }

  /** The file, once. */
  byte[] finish() {
    Ffmpeg.requireSuccess(avcodec.avcodec_send_frame(context, null), "avcodec_send_frame");
    Ffmpeg.requireSuccess(
        avcodec.avcodec_receive_packet(context, packet), "avcodec_receive_packet");
    return StreamParameters.copy(packet.data(), packet.size());
  }

  @Override
  public void close() {
    avcodec.av_packet_free(packet);
    avcodec.avcodec_free_context(context);
  }
}
