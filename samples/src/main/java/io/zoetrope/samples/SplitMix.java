package io.zoetrope.samples;

/**
 * A seeded stream of numbers that is the same on every JDK: SplitMix64, as in Steele, Lea and
 * Flood, "Fast splittable pseudorandom number generators" (OOPSLA 2014). Streams of different names
 * under one seed are independent. Not for use by several threads at once.
 */
final class SplitMix {
  private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

  private long state;

  private SplitMix(long state) {
    this.state = state;
  }

  /** The stream that belongs to {@code seed} and to the numbers that name it. */
  static SplitMix of(long seed, long... name) {
    long state = mix(seed + GOLDEN_GAMMA);
    for (long part : name) {
      state = mix(state ^ mix(part + GOLDEN_GAMMA));
    }
    return new SplitMix(state);
  }

  long next() {
    state += GOLDEN_GAMMA;
    return mix(state);
  }

  /** Uniform in [0, 1). */
  double uniform() {
    return (next() >>> 11) * 0x1.0p-53;
  }

  double between(double low, double high) {
    return low + (high - low) * uniform();
  }

  /** Uniform in 0 .. bound - 1. */
  int below(int bound) {
    return (int) (uniform() * bound);
  }

  boolean chance(double probability) {
    return uniform() < probability;
  }

  private static long mix(long z) {
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
