package io.zoetrope.media;

import java.nio.FloatBuffer;

/**
 * Turns decoded pictures into a model's input: scaled (bilinear), converted to RGB by the stream's
 * own matrix and range (BT.601, limited, where it names none), turned upright and letterboxed.
 * Holds native scalers; to be used by one thread at a time.
 */
@SuppressWarnings("DoNotCallSuggester")
public final class FramePreparer implements AutoCloseable {
  /**
   * Writes all {@link InputFormat#floats()} values of one picture, padding included.
   *
   * @param tensor direct, in native byte order; written from its position on, which isn't moved
   * @return where the picture lies in the input
   */
  public Letterbox prepare(DecodedFrame frame, InputFormat format, FloatBuffer tensor) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void close() {}
}
