package io.zoetrope.assembler.draw;

/** A colour in sRGB, 0 to 255 each. */
record Colour(int red, int green, int blue) {
  static final Colour BLACK = new Colour(0, 0, 0);
  static final Colour WHITE = new Colour(255, 255, 255);

  static Colour of(int rgb) {
    return new Colour(rgb >> 16 & 255, rgb >> 8 & 255, rgb & 255);
  }

  /** This colour with a share of another, 0 to 256. */
  Colour with(Colour other, int share) {
    return new Colour(
        mixed(red, other.red, share),
        mixed(green, other.green, share),
        mixed(blue, other.blue, share));
  }

  /** How light it is as people see it, 0 to 255: near enough to tell what is read on it. */
  int lightness() {
    return (54 * red + 183 * green + 19 * blue) >> 8;
  }

  private static int mixed(int one, int other, int share) {
    return one + (((other - one) * share + 128) >> 8);
  }
}
