package io.zoetrope.media;

import java.nio.ByteBuffer;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.Pointer;

/**
 * An upright picture of 8 bits, 4:2:0, that can be drawn on: plane 0 is luma, 1 the blue difference
 * (Cb), 2 the red difference (Cr), the latter two of half the width and height. Owns its native
 * memory. For one thread at a time.
 */
public final class Picture implements AutoCloseable {
  private static final int PLANES = 3;
  private static final int NO_COLOUR = 128;

  private final PictureFormat format;
  private final AVFrame frame;
  private final ByteBuffer[] planes = new ByteBuffer[PLANES];

  private Picture(PictureFormat format) {
    this.format = format;
    frame = format.newFrame();
    for (int plane = 0; plane < PLANES; plane++) {
      planes[plane] = frame.data(plane).position(0).capacity(bytes(plane)).asByteBuffer();
    }
  }

  /** A picture whose content isn't defined yet. */
  public static Picture allocate(PictureFormat format) {
    Ffmpeg.quiet();
    return new Picture(format);
  }

  public PictureFormat format() {
    return format;
  }

  /**
   * All bytes of a plane, rows from the top, each {@link #stride} bytes after the one before. Of a
   * row only as many bytes are the picture's as it has pixels. The buffer is direct and valid until
   * the picture is closed.
   */
  public ByteBuffer plane(int plane) {
    return planes[plane].duplicate();
  }

  /** Bytes from one row of a plane to the next. */
  public int stride(int plane) {
    return frame.linesize(plane);
  }

  /** Makes all of it one grey, whose luma is {@code grey}, 0 to 255. */
  public void fill(int grey) {
    for (int plane = 0; plane < PLANES; plane++) {
      Pointer.memset(frame.data(plane), plane == 0 ? grey : NO_COLOUR, bytes(plane));
    }
  }

  /**
   * Takes over what another picture shows.
   *
   * @throws IllegalArgumentException if that one is of another size
   */
  public void copyFrom(Picture other) {
    if (other.format.width() != format.width() || other.format.height() != format.height()) {
      throw new IllegalArgumentException(other.format + " doesn't fit into " + format);
    }
    Ffmpeg.requireSuccess(avutil.av_frame_copy(frame, other.frame), "av_frame_copy");
  }

  AVFrame frame() {
    return frame;
  }

  @Override
  public void close() {
    avutil.av_frame_free(frame);
  }

  private long bytes(int plane) {
    int rows = plane == 0 ? format.height() : format.height() / 2;
    return (long) frame.linesize(plane) * rows;
  }
}
