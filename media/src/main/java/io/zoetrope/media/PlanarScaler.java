package io.zoetrope.media;

import static io.zoetrope.media.MediaException.Code.MEDIA_UNSUPPORTED;

import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.ffmpeg.global.swscale;
import org.bytedeco.ffmpeg.swscale.SwsContext;
import org.bytedeco.ffmpeg.swscale.SwsFilter;
import org.bytedeco.javacpp.DoublePointer;

/**
 * Brings pictures of one size, format and colour to 8 bits, 4:2:0, in another size and colour. The
 * same pictures give the same bytes on every machine. Owns the native scaler and what it writes to.
 */
final class PlanarScaler implements AutoCloseable {
  private static final int UNIT = 1 << 16;

  private final PictureScaler.Key key;
  private final AVFrame scaled = avutil.av_frame_alloc();
  private final SwsContext context;

  /**
   * Sets up the conversion.
   *
   * @param key what comes in, and the size that goes out
   * @param target by whose matrix and range
   * @throws MediaException {@code MEDIA_UNSUPPORTED} if pictures of the format can't be converted
   */
  PlanarScaler(PictureScaler.Key key, PictureFormat target) {
    this.key = key;
    context =
        swscale.sws_isSupportedInput(key.pixelFormat()) == 0
            ? null
            : swscale.sws_getContext(
                key.width(),
                key.height(),
                key.pixelFormat(),
                key.scaledWidth(),
                key.scaledHeight(),
                avutil.AV_PIX_FMT_YUV420P,
                // Without the last two the pixels depend on the processor's vector instructions.
                swscale.SWS_BICUBIC | swscale.SWS_ACCURATE_RND | swscale.SWS_BITEXACT,
                (SwsFilter) null,
                (SwsFilter) null,
                (DoublePointer) null);
    if (context == null) {
      avutil.av_frame_free(scaled);
      throw new MediaException(
          MEDIA_UNSUPPORTED,
          "Pictures of the pixel format "
              + avutil.av_get_pix_fmt_name(key.pixelFormat()).getString()
              + " can't be converted; encode the video as yuv420p.");
    }
    int matrix = target.matrix();
    boolean unsaid = key.colorSpace() == avutil.AVCOL_SPC_UNSPECIFIED;
    boolean indifferent = matrix == avutil.AVCOL_SPC_UNSPECIFIED;
    swscale.sws_setColorspaceDetails(
        context,
        swscale.sws_getCoefficients(unsaid ? matrix : key.colorSpace()),
        key.fullRange() ? 1 : 0,
        swscale.sws_getCoefficients(indifferent ? key.colorSpace() : matrix),
        target.fullRange() ? 1 : 0,
        0,
        UNIT,
        UNIT);
    scaled.format(avutil.AV_PIX_FMT_YUV420P).width(key.scaledWidth()).height(key.scaledHeight());
    Ffmpeg.requireSuccess(avutil.av_frame_get_buffer(scaled, 0), "av_frame_get_buffer");
  }

  PictureScaler.Key key() {
    return key;
  }

  /** Scales a picture; the result is overwritten by the next. */
  AVFrame scale(AVFrame frame) {
    Ffmpeg.requireSuccess(
        swscale.sws_scale(
            context,
            frame.data(),
            frame.linesize(),
            0,
            key.height(),
            scaled.data(),
            scaled.linesize()),
        "sws_scale");
    return scaled;
  }

  @Override
  public void close() {
    swscale.sws_freeContext(context);
    avutil.av_frame_free(scaled);
  }
}
