package io.zoetrope.assembler.tracking;

/**
 * Where an object is, and where it is going: a Kalman filter over its box's centre, aspect ratio
 * and height, as in N. Wojke, A. Bewley, D. Paulus, "Simple Online and Realtime Tracking with a
 * Deep Association Metric", 2017, arXiv:1703.07402, section 2.1. There all uncertainty is a share
 * of the height; as no coordinate tells anything about another one, the filter of eight dimensions
 * falls into four of two. Uncertainty grows with time rather than with frames.
 */
final class Motion {
  /** Microseconds of a frame that the noise was chosen for. */
  static final double TICK = 1_000_000 / 30.0;

  private static final double POSITION_NOISE = 1 / 20.0;
  private static final double VELOCITY_NOISE = 1 / 160.0;
  private static final double ASPECT_NOISE = 1e-2;
  private static final double ASPECT_VELOCITY_NOISE = 1e-5;
  private static final double ASPECT_MEASUREMENT_NOISE = 1e-1;

  private final Coordinate centreX;
  private final Coordinate centreY;
  private final Coordinate aspect;
  private final Coordinate height;

  Motion(Rectangle box) {
    double position = 2 * POSITION_NOISE * box.height();
    double velocity = 10 * VELOCITY_NOISE * box.height();
    centreX = new Coordinate(box.centreX(), position, velocity);
    centreY = new Coordinate(box.centreY(), position, velocity);
    aspect = new Coordinate(box.aspect(), ASPECT_NOISE, ASPECT_VELOCITY_NOISE);
    height = new Coordinate(box.height(), position, velocity);
  }

  /** Lets it go on for some time. */
  void predict(long micros) {
    double ticks = micros / TICK;
    double position = POSITION_NOISE * height.position();
    double velocity = VELOCITY_NOISE * height.position();
    centreX.predict(ticks, position, velocity);
    centreY.predict(ticks, position, velocity);
    aspect.predict(ticks, ASPECT_NOISE, ASPECT_VELOCITY_NOISE);
    height.predict(ticks, position, velocity);
  }

  /** Learns where it was seen. */
  void correct(Rectangle box) {
    double noise = POSITION_NOISE * height.position();
    centreX.correct(box.centreX(), noise);
    centreY.correct(box.centreY(), noise);
    aspect.correct(box.aspect(), ASPECT_MEASUREMENT_NOISE);
    height.correct(box.height(), noise);
  }

  /** What isn't seen may go on as it did, but doesn't go on growing or shrinking. */
  void keepSize() {
    height.stop();
    aspect.stop();
  }

  Rectangle box() {
    return Rectangle.around(
        centreX.position(), centreY.position(), aspect.position(), height.position());
  }
}
