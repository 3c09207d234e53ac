package io.zoetrope.assembler.draw;

/**
 * Arithmetic with four numbers of 16 bits in a long, its lanes, and with eight bytes in one. Where
 * a sample is mixed with a tone, {@code old * (256 - w) + tone * w + 128} never exceeds a lane.
 */
final class Lanes {
  static final long EACH = 0x0001_0001_0001_0001L;
  static final long EACH_BYTE = 0x0101_0101_0101_0101L;
  static final long LOW_BYTES = 0x00FF_00FF_00FF_00FFL;

  private static final long LOW_BITS = 0x7F7F_7F7F_7F7F_7F7FL;
  private static final long INNER = 0x0000_FFFF_FFFF_0000L;
  private static final long EVEN = 0x0000_FFFF_0000_FFFFL;

  private Lanes() {}

  /** 1 for each byte that isn't 0. */
  static long ones(long bytes) {
    return (((bytes & LOW_BITS) + LOW_BITS) | bytes) >>> 7 & EACH_BYTE;
  }

  /**
   * Bytes mixed with a tone, all with one weight.
   *
   * @param addend {@code tone * weight + 128} in each lane
   */
  static long mixed(long bytes, long addend, int weight) {
    return whole(
        (bytes & LOW_BYTES) * (256 - weight) + addend,
        (bytes >>> 8 & LOW_BYTES) * (256 - weight) + addend);
  }

  /** Lanes mixed with a tone, each with its weight; in 256ths. */
  static long mixed(long lanes, int tone, long weights) {
    return products(lanes, 256 * EACH - weights) + weights * tone + 128 * EACH;
  }

  /** The whole parts of 256ths: those of {@code even} are bytes 0, 2, 4 and 6. */
  static long whole(long even, long odd) {
    return (even >>> 8 & LOW_BYTES) | (odd & ~LOW_BYTES);
  }

  /** A quarter of each lane, up to 1024 quarters, rounded. */
  static long quarters(long lanes) {
    return (lanes + 2 * EACH) >>> 2 & 0x01FF_01FF_01FF_01FFL;
  }

  /** Four bytes as lanes. */
  static long spread(int bytes) {
    long lanes = bytes & 0xFFFF_FFFFL;
    lanes = (lanes | lanes << 16) & EVEN;
    return (lanes | lanes << 8) & LOW_BYTES;
  }

  /** The whole parts of 256ths as four bytes. */
  static int gathered(long lanes) {
    long bytes = lanes >>> 8 & LOW_BYTES;
    bytes = (bytes | bytes >>> 8) & EVEN;
    return (int) (bytes | bytes >>> 16);
  }

  /**
   * The products of lanes with others, none above 65535. Two numbers of two digits, multiplied,
   * give the products of all digits side by side, two of which are those of lanes.
   */
  private static long products(long one, long other) {
    long inner =
        ((one >>> 16 & 0xFFFFL) | (one & 0xFFFF_0000_0000L))
            * ((other & 0xFFFF_0000L) | (other >>> 32 & 0xFFFFL));
    long outer =
        ((one & 0xFFFFL) | (one >>> 16 & 0xFFFF_0000_0000L))
            * ((other & 0xFFFFL) | (other >>> 32 & 0xFFFF_0000L));
    return (inner & INNER) | (outer & ~INNER);
  }
}
