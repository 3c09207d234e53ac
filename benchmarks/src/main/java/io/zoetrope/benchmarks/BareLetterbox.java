package io.zoetrope.benchmarks;

import io.zoetrope.media.InputFormat;
import io.zoetrope.media.Letterbox;
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
 * Pictures of one size, upright, into a model's input, as the one who knows his video writes it:
 * swscale straight into the tensor, and the padding once and for all. One thread at a time.
 */
final class BareLetterbox implements AutoCloseable {
  private static final int PLANES = 3;

  /** Where swscale's green, blue and red go. */
  private static final int[] RGB = {1, 2, 0};

  private static final int[] BGR = {1, 0, 2};

  private final PointerPointer<FloatPointer> targets = new PointerPointer<>(4);
  private final IntPointer strides = new IntPointer(4);
  private final InputFormat format;
  private final FloatBuffer tensor;
  private final float[] plane;
  private SwsContext scaler;
  private Letterbox box;

  BareLetterbox(InputFormat format, FloatBuffer tensor) {
    this.format = format;
    this.tensor = tensor;
    this.plane = new float[format.width() * format.height()];
  }

  /** Writes the tensor; gives where the picture lies in it. */
  Letterbox write(AVFrame frame) {
    if (scaler == null) {
      open(frame);
    }
    swscale.sws_scale(scaler, frame.data(), frame.linesize(), 0, frame.height(), targets, strides);
    if (!format.unitScale()) {
      stretch();
    }
    return box;
  }

  private void open(AVFrame frame) {
    box = Letterbox.of(frame.width(), frame.height(), format);
    float grey = format.unitScale() ? InputFormat.PADDING / 255f : InputFormat.PADDING;
    for (int i = 0; i < format.floats(); i++) {
      tensor.put(i, grey);
    }
    FloatPointer memory = new FloatPointer(tensor);
    for (int i = 0; i < PLANES; i++) {
      int place = (format.rgb() ? RGB : BGR)[i];
      int start = (place * format.height() + box.top()) * format.width() + box.left();
      targets.put(i, memory.getPointer(start));
      strides.put(i, format.width() * Float.BYTES);
    }
    targets.put(PLANES, null);
    strides.put(PLANES, 0);
    scaler =
        swscale.sws_getContext(
            frame.width(),
            frame.height(),
            frame.format(),
            box.scaledWidth(),
            box.scaledHeight(),
            avutil.AV_PIX_FMT_GBRPF32LE,
            swscale.SWS_BILINEAR,
            (SwsFilter) null,
            (SwsFilter) null,
            (DoublePointer) null);
    swscale.sws_setColorspaceDetails(
        scaler,
        swscale.sws_getCoefficients(frame.colorspace()),
        frame.color_range() == avutil.AVCOL_RANGE_JPEG ? 1 : 0,
        swscale.sws_getCoefficients(swscale.SWS_CS_DEFAULT),
        1,
        0,
        1 << 16,
        1 << 16);
  }

  /** From 0..1 to 0..255, in the rows of the picture. */
  private void stretch() {
    int length = box.scaledHeight() * format.width();
    for (int i = 0; i < PLANES; i++) {
      int start = (i * format.height() + box.top()) * format.width();
      tensor.get(start, plane, 0, length);
      for (int at = 0; at < length; at++) {
        plane[at] *= 255;
      }
      tensor.put(start, plane, 0, length);
    }
    if (box.scaledWidth() < format.width()) {
      throw new IllegalStateException("padding beside the picture isn't foreseen here");
    }
  }

  @Override
  public void close() {
    swscale.sws_freeContext(scaler);
    targets.close();
    strides.close();
  }
}
