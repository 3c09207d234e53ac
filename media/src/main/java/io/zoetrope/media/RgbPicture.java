package io.zoetrope.media;

import java.nio.ByteBuffer;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.ffmpeg.global.swscale;
import org.bytedeco.ffmpeg.swscale.SwsContext;
import org.bytedeco.ffmpeg.swscale.SwsFilter;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.PointerPointer;

/**
 * A picture as screens have it: 8 bits each of red, green and blue, every value of the range used.
 * Parts of {@link Picture}s are drawn into it at any size. Owns its native memory; one thread.
 */
public final class RgbPicture implements AutoCloseable {
  private static final int BYTES = 3;
  private static final int POINTERS = 4;
  private static final int PLANES = 3;
  private static final int UNIT = 1 << 16;
  private static final int EXACT =
      swscale.SWS_BICUBIC
          | swscale.SWS_ACCURATE_RND
          | swscale.SWS_FULL_CHR_H_INT
          | swscale.SWS_FULL_CHR_H_INP
          | swscale.SWS_BITEXACT;

  private final AVFrame frame;

  /** A black picture. */
  public RgbPicture(int width, int height) {
    Ffmpeg.quiet();
    frame = allocate(width, height, avutil.AV_PIX_FMT_RGB24);
    ByteBuffer bytes = bytes();
    while (bytes.hasRemaining()) {
      bytes.put((byte) 0);
    }
  }

  public int width() {
    return frame.width();
  }

  public int height() {
    return frame.height();
  }

  /**
   * Draws part of a picture, scaled to fill a place in this one.
   *
   * @param place within this picture
   */
  public void draw(Picture picture, PictureArea area, PictureArea place) {
    if (place.x() + place.width() > width() || place.y() + place.height() > height()) {
      throw new IllegalArgumentException(
          "%s isn't within %d × %d".formatted(place, width(), height()));
    }
    // The scaler writes rows in whole vectors, which would reach into what lies beside the place.
    AVFrame scaled = allocate(place.width(), place.height(), avutil.AV_PIX_FMT_RGB24);
    try {
      scale(picture, area.even(picture.format()), scaled);
      avutil.av_image_copy_plane(
          frame.data(0).getPointer((long) place.y() * frame.linesize(0) + (long) BYTES * place.x()),
          frame.linesize(0),
          scaled.data(0),
          scaled.linesize(0),
          BYTES * place.width(),
          place.height());
    } finally {
      avutil.av_frame_free(scaled);
    }
  }

  /** Red, green and blue of a pixel, as {@code 0xRRGGBB}. */
  int rgb(int x, int y) {
    BytePointer data = frame.data(0);
    long at = (long) y * frame.linesize(0) + (long) BYTES * x;
    return (data.get(at) & 0xff) << 16 | (data.get(at + 1) & 0xff) << 8 | (data.get(at + 2) & 0xff);
  }

  AVFrame frame() {
    return frame;
  }

  /** This picture in another format of the same size, for an encoder; the caller frees it. */
  AVFrame convert(int pixelFormat) {
    AVFrame converted = allocate(width(), height(), pixelFormat);
    SwsContext context =
        context(width(), height(), avutil.AV_PIX_FMT_RGB24, width(), height(), pixelFormat);
    try {
      IntPointer coefficients = swscale.sws_getCoefficients(swscale.SWS_CS_ITU601);
      swscale.sws_setColorspaceDetails(context, coefficients, 1, coefficients, 1, 0, UNIT, UNIT);
      swscale.sws_scale(
          context,
          frame.data(),
          frame.linesize(),
          0,
          height(),
          converted.data(),
          converted.linesize());
      return converted;
    } finally {
      swscale.sws_freeContext(context);
    }
  }

  @Override
  public void close() {
    avutil.av_frame_free(frame);
  }

  private ByteBuffer bytes() {
    return frame.data(0).capacity((long) frame.linesize(0) * height()).asByteBuffer();
  }

  private static void scale(Picture picture, PictureArea area, AVFrame target) {
    PictureFormat format = picture.format();
    SwsContext context =
        context(
            area.width(),
            area.height(),
            avutil.AV_PIX_FMT_YUV420P,
            target.width(),
            target.height(),
            avutil.AV_PIX_FMT_RGB24);
    try (PointerPointer<BytePointer> planes = new PointerPointer<>(POINTERS);
        IntPointer strides = new IntPointer(POINTERS)) {
      for (int plane = 0; plane < PLANES; plane++) {
        int shift = plane == 0 ? 0 : 1;
        long start = (long) (area.y() >> shift) * picture.stride(plane) + (area.x() >> shift);
        planes.put(plane, new BytePointer(picture.plane(plane)).getPointer(start));
        strides.put(plane, picture.stride(plane));
      }
      planes.put(PLANES, null);
      strides.put(PLANES, 0);
      // The scaler by itself takes every picture for BT.601, and so do others what doesn't say.
      swscale.sws_setColorspaceDetails(
          context,
          swscale.sws_getCoefficients(avutil.av_color_space_from_name(format.colorSpace())),
          format.fullRange() ? 1 : 0,
          swscale.sws_getCoefficients(swscale.SWS_CS_DEFAULT),
          1,
          0,
          UNIT,
          UNIT);
      swscale.sws_scale(
          context, planes, strides, 0, area.height(), target.data(), target.linesize());
    } finally {
      swscale.sws_freeContext(context);
    }
  }

  private static SwsContext context(
      int width, int height, int format, int toWidth, int toHeight, int toFormat) {
    return swscale.sws_getContext(
        width,
        height,
        format,
        toWidth,
        toHeight,
        toFormat,
        EXACT,
        (SwsFilter) null,
        (SwsFilter) null,
        (DoublePointer) null);
  }

  private static AVFrame allocate(int width, int height, int format) {
    AVFrame frame = avutil.av_frame_alloc();
    frame.format(format).width(width).height(height);
    int result = avutil.av_frame_get_buffer(frame, 0);
    if (result < 0) {
      avutil.av_frame_free(frame);
      throw new IllegalArgumentException("no picture: %d × %d".formatted(width, height));
    }
    return frame;
  }
}
