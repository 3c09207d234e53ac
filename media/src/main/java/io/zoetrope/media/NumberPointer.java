package io.zoetrope.media;

import org.bytedeco.javacpp.Pointer;

/** A number dressed as a pointer, for FFmpeg's {@code opaque} fields. Points at nothing. */
final class NumberPointer extends Pointer {
  NumberPointer(long number) {
    address = number;
  }

  /** The number, 0 where the field was never set. */
  static long numberOf(Pointer opaque) {
    return opaque == null ? 0 : opaque.address();
  }
}
