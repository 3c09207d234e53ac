package io.zoetrope.samples;

/**
 * The camera's share in the picture: a vignette, an exposure that breathes, and grain, most of it
 * in the brightness. Grain differs in every frame and row: each starts at another place of one
 * table of normally distributed numbers.
 */
final class Camera {
  private static final int TABLE_MASK = (1 << 16) - 1;
  private static final float[] GRAIN = grainTable();
  private static final long GRAIN_STREAM = 0x67726169;

  private final long seed;
  private final int width;
  private final float grain;
  private final Wave exposure;
  private final float[] vignetteX;
  private final float[] vignetteY;

  Camera(long seed, int width, int height, double grain, Wave exposure) {
    this.seed = seed;
    this.width = width;
    this.grain = (float) grain;
    this.exposure = exposure;
    this.vignetteX = vignette(width, 0.22f);
    this.vignetteY = vignette(height, 0.16f);
  }

  /** Develops row {@code y} of the floats into the same row of the RGB24 picture. */
  void developRow(float[] rgb, byte[] picture, int y, int frame) {
    SplitMix random = SplitMix.of(seed, GRAIN_STREAM, frame, y);
    int bright = (int) random.next();
    int tint = (int) random.next();
    float light = vignetteY[y] * (float) exposure.at((double) frame / Scene.FRAMES_PER_SECOND);
    int i = 3 * y * width;
    for (int x = 0; x < width; x++) {
      float gain = light * vignetteX[x];
      float brightGrain = grain * GRAIN[bright + x & TABLE_MASK];
      for (int channel = 0; channel < 3; channel++, i++) {
        float tintGrain = 0.5f * grain * GRAIN[tint++ & TABLE_MASK];
        float value = gain * rgb[i] + brightGrain + tintGrain + 0.5f;
        picture[i] = (byte) Math.max(0, Math.min(255, (int) value));
      }
    }
  }

  private static float[] vignette(int size, float depth) {
    float[] gains = new float[size];
    for (int i = 0; i < size; i++) {
      float fromMiddle = (2 * i + 1f) / size - 1;
      gains[i] = 1 - depth * fromMiddle * fromMiddle;
    }
    return gains;
  }

  /** Sums of twelve uniform numbers: close to normal, with exact arithmetic and variance 1. */
  private static float[] grainTable() {
    SplitMix random = SplitMix.of(0, GRAIN_STREAM);
    float[] table = new float[TABLE_MASK + 1];
    for (int i = 0; i < table.length; i++) {
      double sum = 0;
      for (int term = 0; term < 12; term++) {
        sum += random.uniform();
      }
      table[i] = (float) (sum - 6);
    }
    return table;
  }
}
