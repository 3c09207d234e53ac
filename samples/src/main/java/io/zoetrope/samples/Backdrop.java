package io.zoetrope.samples;

/**
 * A moving background: a cyclic palette looked up by a phase, which is a slanted ramp plus noise
 * drifting two ways. A flat ramp gives clouds, a steep one wavy stripes, strong noise marble.
 */
final class Backdrop {
  private static final int PALETTE_MASK = 1023;

  /** Keeps the phase positive, so that a cast rounds it down. */
  private static final float POSITIVE = 4096;

  private final NoiseTile tile;
  private final Colour[] palette;
  private final double rampX;
  private final double rampY;
  private final double flow;
  private final float noise;
  private final double[] drift = new double[4];
  private final double[] origin = new double[4];

  Backdrop(SplitMix random, NoiseTile tile, boolean dark) {
    this.tile = tile;
    double slant = 2 * Math.PI * random.uniform();
    boolean striped = random.chance(0.4);
    double steepness = striped ? random.between(0.005, 0.014) : random.between(0, 0.0015);
    this.rampX = steepness * StrictMath.cos(slant);
    this.rampY = steepness * StrictMath.sin(slant);
    this.flow = random.between(-0.16, 0.16);
    this.noise = (float) (striped ? random.between(0.3, 1.0) : random.between(0.9, 2.6));
    for (int i = 0; i < 4; i++) {
      drift[i] = random.between(-22, 22);
      origin[i] = random.between(0, NoiseTile.SIZE);
    }
    this.palette = palette(random, dark);
  }

  private static Colour[] palette(SplitMix random, boolean dark) {
    Colour[] stops = new Colour[4];
    double hue = random.uniform();
    double spread = random.between(0.03, 0.16);
    for (int i = 0; i < stops.length; i++) {
      double saturation = dark ? random.between(0.35, 0.75) : random.between(0.06, 0.32);
      double value = dark ? random.between(0.16, 0.58) : random.between(0.68, 0.96);
      stops[i] = Colour.hsv(hue + spread * (i - 1.5), saturation, value);
    }
    Colour[] palette = new Colour[PALETTE_MASK + 1];
    int span = palette.length / stops.length;
    for (int i = 0; i < palette.length; i++) {
      double share = (double) (i % span) / span;
      double eased = share * share * (3 - 2 * share);
      palette[i] = stops[i / span].towards(stops[(i / span + 1) % stops.length], eased);
    }
    return palette;
  }

  /** Paints the whole canvas, {@code share} of this over what is there. */
  void paint(Canvas canvas, double seconds, float share) {
    float[] row = new float[canvas.width];
    for (int y = 0; y < canvas.height; y++) {
      float start = (float) (POSITIVE + rampY * y + flow * seconds);
      for (int x = 0; x < row.length; x++) {
        row[x] = start + (float) rampX * x;
      }
      addNoise(row, y, seconds, 0);
      addNoise(row, y, seconds, 2);
      for (int x = 0; x < row.length; x++) {
        int entry = (int) (row[x] * (PALETTE_MASK + 1)) & PALETTE_MASK;
        canvas.blend(x, y, palette[entry], share);
      }
    }
  }

  private void addNoise(float[] row, int y, double seconds, int layer) {
    double shiftX = origin[layer] + drift[layer] * seconds;
    double shiftY = origin[layer + 1] + drift[layer + 1] * seconds;
    tile.addTo(row, shiftX, shiftY + y, noise / 2);
  }
}
