package io.zoetrope.samples;

/** Red, green and blue, 0 to 255 each. */
record Colour(float red, float green, float blue) {
  static final Colour WHITE = new Colour(255, 255, 255);
  static final Colour BLACK = new Colour(0, 0, 0);

  /** From hue in turns (any number), saturation and value, 0 to 1 each. */
  static Colour hsv(double hue, double saturation, double value) {
    return new Colour(
        channel(hue, saturation, value),
        channel(hue - 1 / 3.0, saturation, value),
        channel(hue + 1 / 3.0, saturation, value));
  }

  private static float channel(double hue, double saturation, double value) {
    double sixths = 6 * (hue - Math.floor(hue));
    double purity = Math.max(0, Math.min(1, Math.abs(sixths - 3) - 1));
    return (float) (255 * value * (1 - saturation * (1 - purity)));
  }

  /** This colour at share 0, the other at share 1. */
  Colour towards(Colour other, double share) {
    float s = (float) share;
    return new Colour(
        red + s * (other.red - red),
        green + s * (other.green - green),
        blue + s * (other.blue - blue));
  }
}
