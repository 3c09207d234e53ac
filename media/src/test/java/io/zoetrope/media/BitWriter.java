package io.zoetrope.media;

import java.io.ByteArrayOutputStream;

/** Writes a bitstream as H.264 has it: highest bit first, with its Exp-Golomb codes. */
final class BitWriter {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private int current;
  private int count;

  BitWriter bits(int length, int value) {
    for (int i = length - 1; i >= 0; i--) {
      current = current << 1 | (value >> i & 1);
      if (++count == 8) {
        bytes.write(current);
        current = 0;
        count = 0;
      }
    }
    return this;
  }

  /** ue(v) for each value. */
  BitWriter codes(int... values) {
    for (int value : values) {
      int length = 32 - Integer.numberOfLeadingZeros(value + 1);
      bits(length - 1, 0).bits(length, value + 1);
    }
    return this;
  }

  BitWriter align(int bit) {
    while (count != 0) {
      bits(1, bit);
    }
    return this;
  }

  /** What is written, ended as a NAL unit's payload is. */
  byte[] payload() {
    bits(1, 1).align(0);
    return bytes.toByteArray();
  }
}
