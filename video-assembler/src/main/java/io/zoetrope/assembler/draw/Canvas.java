package io.zoetrope.assembler.draw;

import java.nio.ByteBuffer;
import java.util.Objects;

/**
 * An 8-bit 4:2:0 picture that is drawn on: a sample of luma per pixel, one of each chroma per two
 * by two pixels. The buffers are its memory; their positions don't matter, index 0 is the first
 * sample.
 *
 * @param width in pixels, even; likewise {@code height}
 * @param lumaStride bytes from one row of luma to the next
 * @param chromaStride likewise of {@code cb} and of {@code cr}
 */
public record Canvas(
    int width,
    int height,
    ByteBuffer luma,
    int lumaStride,
    ByteBuffer cb,
    ByteBuffer cr,
    int chromaStride,
    Colours colours) {
  public Canvas {
    if (width < 2 || height < 2 || width % 2 != 0 || height % 2 != 0) {
      throw new IllegalArgumentException("a canvas has even sides, not " + width + "x" + height);
    }
    requireRows(luma, width, height, lumaStride);
    requireRows(cb, width / 2, height / 2, chromaStride);
    requireRows(cr, width / 2, height / 2, chromaStride);
    Objects.requireNonNull(colours);
  }

  private static void requireRows(ByteBuffer plane, int width, int height, int stride) {
    if (stride < width || plane.limit() < (long) stride * (height - 1) + width) {
      throw new IllegalArgumentException(
          "%d rows of %d samples, %d bytes apart, aren't in %d bytes"
              .formatted(height, width, stride, plane.limit()));
    }
  }
}
