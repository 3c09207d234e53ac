package io.zoetrope.media;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVPixFmtDescriptor;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.ffmpeg.global.avutil;

/**
 * What an annotated video's pictures are: upright, 8 bits, 4:2:0. Names are FFmpeg's own, {@code
 * unknown} where the original doesn't say.
 *
 * @param width in pixels, even; likewise {@code height}
 * @param colorSpace the matrix between RGB and luma and chroma, such as {@code bt709}
 * @param fullRange whether black is 0 and white 255, rather than 16 and 235
 */
public record PictureFormat(
    int width,
    int height,
    Rational sampleAspectRatio,
    String colorSpace,
    String colorPrimaries,
    String colorTransfer,
    boolean fullRange) {
  private static final int BITS = 8;
  private static final int HD_HEIGHT = 720;
  private static final Set<String> FIELD_ORDERS = Set.of("tt", "bb", "tb", "bt");

  /** Palettes have it by the way; hardly any is made for it. */
  private static final long TRANSPARENT = avutil.AV_PIX_FMT_FLAG_ALPHA | avutil.AV_PIX_FMT_FLAG_PAL;

  private static final String BT601 = "smpte170m";
  private static final String BT709 = "bt709";

  public PictureFormat {
    if (width <= 0 || height <= 0 || width % 2 != 0 || height % 2 != 0) {
      throw new IllegalArgumentException(
          "4:2:0 pictures need even sizes, not " + width + " × " + height);
    }
  }

  /**
   * The format for the frames of a stream: its size, padded to an even one, its colours as far as 8
   * bits and 4:2:0 go. RGB becomes BT.709 in HD and larger, BT.601 below, limited range.
   */
  public static PictureFormat of(VideoStream stream) {
    boolean transposed = stream.orientation().transposed();
    Rational aspect = stream.sampleAspectRatio();
    boolean rgb = isRgb(stream);
    boolean hd = Math.min(stream.width(), stream.height()) >= HD_HEIGHT;
    return new PictureFormat(
        even(stream.uprightWidth()),
        even(stream.uprightHeight()),
        transposed && aspect.isKnown() ? aspect.inverse() : aspect,
        rgb ? (hd ? BT709 : BT601) : stream.colorSpace(),
        stream.colorPrimaries(),
        stream.colorTransfer(),
        !rgb && isFullRange(stream));
  }

  /** What isn't as in the original, in sentences. */
  public static List<String> notes(VideoStream stream) {
    List<String> notes = new ArrayList<>();
    PictureFormat format = of(stream);
    if (format.width() != stream.uprightWidth() || format.height() != stream.uprightHeight()) {
      notes.add(
          "Its pictures of %d × %d pixels are padded to %d × %d, as 4:2:0 has no odd sizes."
              .formatted(
                  stream.uprightWidth(), stream.uprightHeight(), format.width(), format.height()));
    }
    if (FIELD_ORDERS.contains(stream.fieldOrder())) {
      notes.add("Its pictures of two fields each became whole ones, both fields at once.");
    }
    AVPixFmtDescriptor pixels = descriptor(stream);
    if (pixels == null) {
      return notes;
    }
    if ((pixels.flags() & TRANSPARENT) == avutil.AV_PIX_FMT_FLAG_ALPHA) {
      notes.add("Its transparency isn't there: all of its pictures is opaque.");
    }
    if (pixels.comp(0).depth() > BITS) {
      notes.add("Its colours of %d bits became ones of 8.".formatted(pixels.comp(0).depth()));
    }
    if (isRgb(stream)) {
      notes.add("Its RGB pictures became 4:2:0 ones by the matrix " + format.colorSpace() + ".");
    } else if (pixels.nb_components() > 2
        && (pixels.log2_chroma_w() != 1 || pixels.log2_chroma_h() != 1)) {
      notes.add("Its colours, %s, became 4:2:0 ones.".formatted(stream.pixelFormat()));
    }
    return notes;
  }

  static int even(int side) {
    return side + (side & 1);
  }

  /** FFmpeg's number of the matrix. */
  int matrix() {
    return StreamParameters.colorSpace(colorSpace);
  }

  /** FFmpeg's number of the range. */
  int range() {
    return fullRange ? avutil.AVCOL_RANGE_JPEG : avutil.AVCOL_RANGE_MPEG;
  }

  /** A frame of this format, whose planes are still to be filled. The caller owns it. */
  AVFrame newFrame() {
    AVFrame frame = avutil.av_frame_alloc();
    frame
        .format(avutil.AV_PIX_FMT_YUV420P)
        .width(width)
        .height(height)
        .color_range(range())
        .colorspace(matrix())
        .color_primaries(StreamParameters.colorPrimaries(colorPrimaries))
        .color_trc(StreamParameters.colorTransfer(colorTransfer));
    if (sampleAspectRatio.isKnown()) {
      try (AVRational aspect = new AVRational()) {
        frame.sample_aspect_ratio(
            aspect.num(sampleAspectRatio.numerator()).den(sampleAspectRatio.denominator()));
      }
    }
    int result = avutil.av_frame_get_buffer(frame, 0);
    if (result < 0) {
      avutil.av_frame_free(frame);
      throw new IllegalStateException(
          "no memory for a picture of " + width + " × " + height + ": " + Ffmpeg.errorText(result));
    }
    return frame;
  }

  private static boolean isRgb(VideoStream stream) {
    AVPixFmtDescriptor pixels = descriptor(stream);
    // A palette's colours are RGB ones, too.
    long rgb = avutil.AV_PIX_FMT_FLAG_RGB | avutil.AV_PIX_FMT_FLAG_PAL;
    return pixels != null && (pixels.flags() & rgb) != 0;
  }

  private static boolean isFullRange(VideoStream stream) {
    return stream.colorRange().equals("pc") || stream.pixelFormat().startsWith("yuvj");
  }

  private static AVPixFmtDescriptor descriptor(VideoStream stream) {
    return avutil.av_pix_fmt_desc_get(avutil.av_get_pix_fmt(stream.pixelFormat()));
  }
}
