package io.zoetrope.media;

import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avutil;

/**
 * One decoded picture, still as the decoder left it: in its own pixel format and not turned upright
 * ({@link FramePreparer} does both). Owns the native frame; may be handed from one thread to
 * another, and is closed exactly once by whoever holds it last.
 */
public final class DecodedFrame implements AutoCloseable {
  private final AVFrame frame;
  private final Orientation orientation;
  private final long index;
  private final long pts;
  private final long ptsMicros;
  private final boolean damaged;

  /** Takes ownership of {@code frame}. */
  DecodedFrame(
      AVFrame frame,
      Orientation orientation,
      long index,
      long pts,
      long ptsMicros,
      boolean damaged) {
    this.frame = frame;
    this.orientation = orientation;
    this.index = index;
    this.pts = pts;
    this.ptsMicros = ptsMicros;
    this.damaged = damaged;
  }

  /** Ordinal of the frame in the whole split, in presentation order, from 0. */
  public long index() {
    return index;
  }

  /**
   * When the picture is shown, in the stream's time base: the pts of its packet, synthesised where
   * the stream has none.
   */
  public long pts() {
    return pts;
  }

  /** Microseconds since the split's first displayed frame. */
  public long ptsMicros() {
    return ptsMicros;
  }

  /** Whether the decoder reported errors in this picture. */
  public boolean damaged() {
    return damaged;
  }

  /** Width in pixels of the upright picture. */
  public int width() {
    return orientation.uprightWidth(frame.width(), frame.height());
  }

  /** Height in pixels of the upright picture. */
  public int height() {
    return orientation.uprightHeight(frame.width(), frame.height());
  }

  AVFrame frame() {
    return frame;
  }

  Orientation orientation() {
    return orientation;
  }

  @Override
  public void close() {
    avutil.av_frame_free(frame);
  }
}
