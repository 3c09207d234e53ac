package io.zoetrope.media;

import static io.zoetrope.media.MediaException.Code.MEDIA_UNSUPPORTED;

import java.nio.FloatBuffer;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.ffmpeg.global.swscale;
import org.bytedeco.ffmpeg.swscale.SwsContext;
import org.bytedeco.ffmpeg.swscale.SwsFilter;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.PointerPointer;

/**
 * Scales pictures of one size, format and colour to planes of float RGB from 0 to 1, in the order
 * green, blue, red. Owns the native scaler and its scratch planes.
 */
final class PictureScaler implements AutoCloseable {
  /**
   * The scaler writes rows in whole vectors: up to 7 floats behind a width that doesn't fill them.
   */
  static final int ROW_ALIGNMENT = 16;

  static final int PLANES = 3;

  private static final int POINTERS = 4;
  private static final int FULL_RANGE = 1;
  private static final int UNIT = 1 << 16;

  /** All that a scaler depends on. */
  record Key(
      int width,
      int height,
      int pixelFormat,
      int colorSpace,
      boolean fullRange,
      int scaledWidth,
      int scaledHeight) {
    static Key of(AVFrame frame, int scaledWidth, int scaledHeight) {
      String pixelFormat = avutil.av_get_pix_fmt_name(frame.format()).getString();
      return new Key(
          frame.width(),
          frame.height(),
          frame.format(),
          frame.colorspace(),
          frame.color_range() == avutil.AVCOL_RANGE_JPEG || pixelFormat.startsWith("yuvj"),
          scaledWidth,
          scaledHeight);
    }
  }

  private final Key key;
  private final SwsContext context;
  private final PointerPointer<FloatPointer> targets = new PointerPointer<>(POINTERS);
  private final IntPointer strides = new IntPointer(POINTERS);
  private final FloatPointer scratch;
  private final int scratchStride;

  PictureScaler(Key key) {
    this.key = key;
    if (swscale.sws_isSupportedInput(key.pixelFormat()) == 0) {
      throw new MediaException(
          MEDIA_UNSUPPORTED,
          "Pictures of the pixel format "
              + avutil.av_get_pix_fmt_name(key.pixelFormat()).getString()
              + " can't be converted; encode the video as yuv420p.");
    }
    context =
        swscale.sws_getContext(
            key.width(),
            key.height(),
            key.pixelFormat(),
            key.scaledWidth(),
            key.scaledHeight(),
            avutil.AV_PIX_FMT_GBRPF32LE,
            swscale.SWS_BILINEAR,
            (SwsFilter) null,
            (SwsFilter) null,
            (DoublePointer) null);
    // The scaler by itself takes every stream for BT.601; its table has that for "unspecified" too.
    swscale.sws_setColorspaceDetails(
        context,
        swscale.sws_getCoefficients(key.colorSpace()),
        key.fullRange() ? FULL_RANGE : 0,
        swscale.sws_getCoefficients(swscale.SWS_CS_DEFAULT),
        FULL_RANGE,
        0,
        UNIT,
        UNIT);
    scratchStride = roundUp(key.scaledWidth()) + ROW_ALIGNMENT;
    scratch = new FloatPointer((long) PLANES * scratchStride * key.scaledHeight());
  }

  /** Floats from one row of the scratch planes to the next. */
  int scratchStride() {
    return scratchStride;
  }

  /** Scales to the scratch planes, which lie one behind the other. */
  FloatBuffer scale(AVFrame frame) {
    int plane = scratchStride * key.scaledHeight();
    scale(frame, scratch, new int[] {0, plane, 2 * plane}, scratchStride);
    return scratch.asBuffer();
  }

  /**
   * Scales to planes that start {@code offsets} floats behind {@code target}; to be used only for
   * widths of whole {@link #ROW_ALIGNMENT}s.
   */
  void scale(AVFrame frame, FloatPointer target, int[] offsets, int stride) {
    for (int plane = 0; plane < PLANES; plane++) {
      targets.put(plane, target.getPointer(offsets[plane]));
      strides.put(plane, stride * Float.BYTES);
    }
    targets.put(PLANES, null);
    strides.put(PLANES, 0);
    swscale.sws_scale(context, frame.data(), frame.linesize(), 0, key.height(), targets, strides);
  }

  @Override
  public void close() {
    swscale.sws_freeContext(context);
    targets.close();
    strides.close();
    scratch.close();
  }

  private static int roundUp(int width) {
    return (width + ROW_ALIGNMENT - 1) / ROW_ALIGNMENT * ROW_ALIGNMENT;
  }
}
