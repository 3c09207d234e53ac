package io.zoetrope.samples;

/**
 * A square of smooth noise that repeats without a seam: five octaves of value noise. Values lie in
 * 0 to 1 and gather around the middle.
 */
final class NoiseTile {
  static final int SIZE = 512;
  private static final int MASK = SIZE - 1;
  private static final int COARSEST_CELL = 128;
  private static final int FINEST_CELL = 8;

  private final float[] values = new float[SIZE * SIZE];

  NoiseTile(SplitMix random) {
    float amplitude = 16 / 31f;
    for (int cell = COARSEST_CELL; cell >= FINEST_CELL; cell /= 2) {
      addOctave(random, cell, amplitude);
      amplitude /= 2;
    }
  }

  private void addOctave(SplitMix random, int cell, float amplitude) {
    int corners = SIZE / cell;
    float[] lattice = new float[corners * corners];
    for (int i = 0; i < lattice.length; i++) {
      lattice[i] = (float) random.uniform() * amplitude;
    }
    float[] ease = new float[cell];
    for (int i = 0; i < cell; i++) {
      float t = (float) i / cell;
      ease[i] = t * t * (3 - 2 * t);
    }
    for (int y = 0; y < SIZE; y++) {
      int above = y / cell * corners;
      int below = (y / cell + 1) % corners * corners;
      float down = ease[y % cell];
      for (int x = 0; x < SIZE; x++) {
        int left = x / cell;
        int right = (left + 1) % corners;
        float across = ease[x % cell];
        float upper =
            lattice[above + left] + across * (lattice[above + right] - lattice[above + left]);
        float lower =
            lattice[below + left] + across * (lattice[below + right] - lattice[below + left]);
        values[y * SIZE + x] += upper + down * (lower - upper);
      }
    }
  }

  /**
   * Adds {@code weight} times the tile, shifted by (x, y) pixels and repeated, to a row of the
   * picture.
   */
  void addTo(float[] row, double x, double y, float weight) {
    double floorX = Math.floor(x);
    double floorY = Math.floor(y);
    float across = (float) (x - floorX);
    float down = (float) (y - floorY);
    int upper = ((int) floorY & MASK) * SIZE;
    int lower = ((int) floorY + 1 & MASK) * SIZE;
    int start = (int) floorX & MASK;
    float upperLeft = weight * (1 - down) * (1 - across);
    float upperRight = weight * (1 - down) * across;
    float lowerLeft = weight * down * (1 - across);
    float lowerRight = weight * down * across;
    for (int i = 0; i < row.length; i++) {
      int left = start + i & MASK;
      int right = left + 1 & MASK;
      row[i] +=
          upperLeft * values[upper + left]
              + upperRight * values[upper + right]
              + lowerLeft * values[lower + left]
              + lowerRight * values[lower + right];
    }
  }
}
