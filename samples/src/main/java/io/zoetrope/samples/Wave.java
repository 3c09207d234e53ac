package io.zoetrope.samples;

/**
 * A quantity that swings around {@code middle}; the frequency is in swings per second, the phase in
 * swings.
 */
record Wave(double middle, double amplitude, double frequency, double phase) {

  double at(double seconds) {
    return middle + amplitude * StrictMath.sin(2 * Math.PI * (frequency * seconds + phase));
  }
}
