package io.zoetrope.assembler.tracking;

/**
 * A Kalman filter of one coordinate that moves at a constant velocity, but for noise. Its unit is
 * the caller's; its times are in {@link Motion#TICK}s.
 */
final class Coordinate {
  private double position;
  private double velocity;
  private double positionVariance;
  private double covariance;
  private double velocityVariance;

  /** A coordinate that was measured once, and for all that is known doesn't move. */
  Coordinate(double position, double positionDeviation, double velocityDeviation) {
    this.position = position;
    positionVariance = positionDeviation * positionDeviation;
    velocityVariance = velocityDeviation * velocityDeviation;
  }

  double position() {
    return position;
  }

  void stop() {
    velocity = 0;
  }

  /**
   * Lets time pass.
   *
   * @param positionDeviation by which it strays in a tick, likewise {@code velocityDeviation}
   */
  void predict(double ticks, double positionDeviation, double velocityDeviation) {
    position += ticks * velocity;
    positionVariance +=
        ticks * (2 * covariance + ticks * velocityVariance + positionDeviation * positionDeviation);
    covariance += ticks * velocityVariance;
    velocityVariance += ticks * velocityDeviation * velocityDeviation;
  }

  /** Learns from a measurement. */
  void correct(double measured, double deviation) {
    double innovation = measured - position;
    double variance = positionVariance + deviation * deviation;
    double positionGain = positionVariance / variance;
    double velocityGain = covariance / variance;
    position += positionGain * innovation;
    velocity += velocityGain * innovation;
    velocityVariance -= velocityGain * covariance;
    covariance -= positionGain * covariance;
    positionVariance -= positionGain * positionVariance;
  }
}
