package io.zoetrope.media;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;

/**
 * Spoils files in the ways that disks, networks and attackers do; a seed always in the same way.
 */
final class Mutator {
  private static final long[] SIZES = {
    0,
    1,
    0x7f,
    0x80,
    0xff,
    0x7fff,
    0xffff,
    0x7fffff,
    0x7fffffffL,
    0x80000000L,
    0xfffffffeL,
    0xffffffffL,
    0x7fffffffffffffffL,
    -1L
  };
  private static final int HEAD_BYTES = 4096;
  private static final int MOST_CHANGES = 6;

  private final Random random;
  private byte[] bytes;

  private Mutator(byte[] bytes, long seed) {
    this.bytes = bytes.clone();
    random = new Random(seed);
    // Seeds that differ little give first numbers that differ little.
    random.nextLong();
  }

  /** A spoilt copy of {@code file}; {@code other} is what may be spliced in. */
  static byte[] mutate(byte[] file, byte[] other, long seed) {
    Mutator mutator = new Mutator(file, seed);
    int changes = 1 + mutator.random.nextInt(MOST_CHANGES);
    for (int i = 0; i < changes && mutator.bytes.length > 0; i++) {
      mutator.change(other);
    }
    return mutator.bytes;
  }

  private void change(byte[] other) {
    switch (random.nextInt(10)) {
      case 0, 1 -> flipBits();
      case 2, 3 -> editSize();
      case 4 -> truncate();
      case 5 -> swapBlocks();
      case 6 -> spliceHeader(other);
      case 7 -> overwriteWithBlockOf(other);
      case 8 -> repeatOrDropBlock();
      default -> scribble();
    }
  }

  private void flipBits() {
    int count = 1 << random.nextInt(8);
    for (int i = 0; i < count; i++) {
      bytes[place()] ^= (byte) (1 << random.nextInt(8));
    }
  }

  /** Puts a remarkable number, or one near the old one, where a size or a count may be. */
  private void editSize() {
    int width = 1 << random.nextInt(4);
    if (bytes.length < Long.BYTES) {
      return;
    }
    int offset = Math.min(place(), bytes.length - Long.BYTES);
    ByteBuffer field = ByteBuffer.wrap(bytes, offset, Long.BYTES).slice();
    long old = field.getLong(0) >>> (64 - 8 * width);
    long value =
        random.nextBoolean() ? SIZES[random.nextInt(SIZES.length)] : old + random.nextInt(64) - 32;
    for (int i = 0; i < width; i++) {
      field.put(i, (byte) (value >>> (8 * (width - 1 - i))));
    }
  }

  private void truncate() {
    bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length) + 1);
  }

  private void swapBlocks() {
    int size = blockSize();
    int a = random.nextInt(bytes.length - size + 1);
    int b = random.nextInt(bytes.length - size + 1);
    byte[] kept = Arrays.copyOfRange(bytes, a, a + size);
    System.arraycopy(bytes, b, bytes, a, size);
    System.arraycopy(kept, 0, bytes, b, size);
  }

  private void spliceHeader(byte[] other) {
    int size = Math.min(other.length, 1 << (4 + random.nextInt(9)));
    int kept = random.nextInt(Math.min(bytes.length, HEAD_BYTES));
    byte[] spliced = new byte[size + bytes.length - kept];
    System.arraycopy(other, 0, spliced, 0, size);
    System.arraycopy(bytes, kept, spliced, size, bytes.length - kept);
    bytes = spliced;
  }

  private void overwriteWithBlockOf(byte[] other) {
    int size = Math.min(blockSize(), other.length);
    System.arraycopy(
        other,
        random.nextInt(other.length - size + 1),
        bytes,
        random.nextInt(bytes.length - size + 1),
        size);
  }

  private void repeatOrDropBlock() {
    int size = blockSize();
    int start = random.nextInt(bytes.length - size + 1);
    int resume = random.nextBoolean() ? start : start + 2 * size;
    int rest = Math.max(0, bytes.length - resume);
    byte[] changed = new byte[start + size + rest];
    System.arraycopy(bytes, 0, changed, 0, start + size);
    System.arraycopy(bytes, bytes.length - rest, changed, start + size, rest);
    bytes = changed;
  }

  private void scribble() {
    int size = blockSize();
    int start = random.nextInt(bytes.length - size + 1);
    if (random.nextBoolean()) {
      Arrays.fill(bytes, start, start + size, (byte) SIZES[random.nextInt(SIZES.length)]);
    } else {
      byte[] noise = new byte[size];
      random.nextBytes(noise);
      System.arraycopy(noise, 0, bytes, start, size);
    }
  }

  private int blockSize() {
    return Math.min(bytes.length, 1 + random.nextInt(1 << (1 + random.nextInt(13))));
  }

  /** Headers and indices lie at either end, and are where damage does most. */
  private int place() {
    int head = Math.min(bytes.length, HEAD_BYTES);
    return switch (random.nextInt(8)) {
      case 0 -> random.nextInt(head);
      case 1 -> bytes.length - 1 - random.nextInt(head);
      default -> random.nextInt(bytes.length);
    };
  }
}
