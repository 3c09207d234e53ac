package io.zoetrope.media;

import java.nio.ByteBuffer;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;

/**
 * Brings decoded frames into the one format of an annotated video. What is 8 bits, 4:2:0 already is
 * copied bit for bit, turned upright by quarters where need be; anything else is converted. An odd
 * size is padded to an even one by repeating the edge. A frame of another size, as in a stream that
 * changes it, is scaled to fit and centred on black. The same frames give the same bytes on every
 * machine. Holds a native scaler; to be used by one thread at a time.
 */
public final class PictureConverter implements AutoCloseable {
  private static final int PLANES = 3;
  private static final int BLACK = 16;

  private final PictureFormat format;
  private final PlaneTurn turn = new PlaneTurn();
  private PlanarScaler scaler;

  public PictureConverter(PictureFormat format) {
    Ffmpeg.quiet();
    this.format = format;
  }

  /** Where {@link #convert} puts the frame's picture. */
  public Placement placement(DecodedFrame frame) {
    int width = frame.width();
    int height = frame.height();
    if (PictureFormat.even(width) == format.width()
        && PictureFormat.even(height) == format.height()) {
      return new Placement(0, 0, width, height);
    }
    // Both in the target's pixels, which needn't be of the shape of the frame's.
    double shown = width * pixelAspect(frame) / aspect(format.sampleAspectRatio());
    double scale = Math.min(format.width() / shown, (double) format.height() / height);
    int fitWidth = fit(shown * scale, format.width());
    int fitHeight = fit(height * scale, format.height());
    int left = (format.width() - fitWidth) / 4 * 2;
    int top = (format.height() - fitHeight) / 4 * 2;
    return new Placement(left, top, fitWidth, fitHeight);
  }

  /**
   * Writes all of {@code target}.
   *
   * @throws IllegalArgumentException if it is of another size than this converter's format
   * @throws MediaException {@code MEDIA_UNSUPPORTED} if pictures of the frame's format can't be
   *     converted
   */
  public void convert(DecodedFrame frame, Picture target) {
    if (target.format().width() != format.width() || target.format().height() != format.height()) {
      throw new IllegalArgumentException(target.format() + " instead of " + format);
    }
    Placement place = placement(frame);
    Orientation orientation = frame.orientation();
    int storedWidth = orientation.uprightWidth(place.width(), place.height());
    int storedHeight = orientation.uprightHeight(place.width(), place.height());
    AVFrame stored = frame.frame();
    if (!isPlain(stored, storedWidth, storedHeight)) {
      stored = scaler(PictureScaler.Key.of(stored, storedWidth, storedHeight)).scale(stored);
    }
    if (place.width() + 1 < format.width() || place.height() + 1 < format.height()) {
      target.fill(format.fullRange() ? 0 : BLACK);
    }
    for (int plane = 0; plane < PLANES; plane++) {
      lay(stored, plane, orientation, place, target);
    }
    pad(target, place);
  }

  @Override
  public void close() {
    if (scaler != null) {
      scaler.close();
      scaler = null;
    }
  }

  private boolean isPlain(AVFrame frame, int width, int height) {
    boolean jpeg = frame.format() == avutil.AV_PIX_FMT_YUVJ420P;
    boolean planar = jpeg || frame.format() == avutil.AV_PIX_FMT_YUV420P;
    boolean fullRange = jpeg || frame.color_range() == avutil.AVCOL_RANGE_JPEG;
    boolean unsaid = !jpeg && frame.color_range() == avutil.AVCOL_RANGE_UNSPECIFIED;
    int matrix = format.matrix();
    return planar
        && frame.width() == width
        && frame.height() == height
        && (unsaid || fullRange == format.fullRange())
        && (frame.colorspace() == matrix
            || frame.colorspace() == avutil.AVCOL_SPC_UNSPECIFIED
            || matrix == avutil.AVCOL_SPC_UNSPECIFIED);
  }

  private PlanarScaler scaler(PictureScaler.Key key) {
    if (scaler == null || !scaler.key().equals(key)) {
      close();
      scaler = new PlanarScaler(key, format);
    }
    return scaler;
  }

  private void lay(
      AVFrame stored, int plane, Orientation orientation, Placement place, Picture target) {
    int shift = plane == 0 ? 0 : 1;
    int stride = target.stride(plane);
    int offset = (place.y() >> shift) * stride + (place.x() >> shift);
    int width = (place.width() + shift) >> shift;
    int height = (place.height() + shift) >> shift;
    BytePointer source = stored.data(plane);
    int sourceStride = stored.linesize(plane);
    if (orientation.equals(Orientation.UPRIGHT)) {
      BytePointer start = new BytePointer(target.frame().data(plane)).position(offset);
      avutil.av_image_copy_plane(start, stride, source, sourceStride, width, height);
    } else {
      turn.turn(
          source, sourceStride, orientation, target.plane(plane), offset, stride, width, height);
    }
  }

  /** Only a picture that fills the target has an odd size, and its chroma is there already. */
  private static void pad(Picture target, Placement place) {
    ByteBuffer luma = target.plane(0);
    int stride = target.stride(0);
    if (place.width() % 2 != 0) {
      for (int y = 0; y < place.height(); y++) {
        int last = y * stride + place.width() - 1;
        luma.put(last + 1, luma.get(last));
      }
    }
    if (place.height() % 2 != 0) {
      int last = (place.height() - 1) * stride;
      luma.put(last + stride, luma, last, PictureFormat.even(place.width()));
    }
  }

  private double pixelAspect(DecodedFrame frame) {
    AVRational stored = frame.frame().sample_aspect_ratio();
    Rational aspect = new Rational(stored.num(), stored.den());
    if (!aspect.isKnown()) {
      return aspect(format.sampleAspectRatio());
    }
    return aspect(frame.orientation().transposed() ? aspect.inverse() : aspect);
  }

  private static double aspect(Rational ratio) {
    return ratio.isKnown() ? ratio.toDouble() : 1;
  }

  private static int fit(double side, int most) {
    return Math.max(2, Math.min(most, 2 * (int) Math.round(side / 2)));
  }
}
