package io.zoetrope.samples;

/**
 * How a shape's surface looks: a fill lit from the top left, stripes or dots in the shape's own
 * coordinates, and a rim.
 *
 * @param rimWidth of the radius
 * @param pitch stripes or dots per radius; 0 for a plain fill
 */
record Paint(Colour light, Colour shade, Colour rim, double rimWidth, double pitch, boolean dots) {

  static Paint random(SplitMix random, double hue, boolean darkBackdrop) {
    double saturation = random.between(0.55, 0.95);
    double value = darkBackdrop ? random.between(0.8, 1) : random.between(0.45, 0.85);
    Colour light = Colour.hsv(hue, saturation, value);
    Colour shade =
        Colour.hsv(
            hue + random.between(-0.08, 0.08), saturation, value * random.between(0.55, 0.8));
    Colour rim = light.towards(random.chance(0.7) ? Colour.WHITE : Colour.BLACK, 0.65);
    double pitch = random.chance(0.45) ? random.between(2.2, 4.5) : 0;
    return new Paint(light, shade, rim, random.between(0.05, 0.1), pitch, random.chance(0.4));
  }

  /**
   * The colour at a point of the unit shape.
   *
   * @param lit −1 at the side away from the light to 1
   * @param depth distance from the edge inwards, in radii
   * @param pixel size of a pixel in radii
   */
  Colour at(double x, double y, double lit, double depth, double pixel) {
    Colour fill = shade.towards(light, 0.5 + 0.5 * Math.max(-1, Math.min(1, lit)));
    if (pitch > 0) {
      fill = fill.towards(rim, 0.35 * step(pattern(x, y) / pitch, pixel));
    }
    return fill.towards(rim, step(rimWidth - depth, pixel));
  }

  /** Positive on the stripes or dots; its slope is about 1 per period. */
  private double pattern(double x, double y) {
    double acrossX = triangle(x * pitch);
    return dots
        ? 0.3 - Math.sqrt(square(acrossX) + square(triangle(y * pitch)))
        : 0.22 - Math.abs(acrossX);
  }

  /** The distance to the nearest whole number, signed. */
  private static double triangle(double t) {
    return t - Math.floor(t + 0.5);
  }

  private static double square(double t) {
    return t * t;
  }

  /** 0 for distances outside, 1 inside, and a slope one pixel wide. */
  private static double step(double distance, double pixel) {
    return Math.max(0, Math.min(1, 0.5 + distance / pixel));
  }
}
