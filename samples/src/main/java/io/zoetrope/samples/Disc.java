package io.zoetrope.samples;

/** A disc of radius 1 with a concentric hole of radius {@code hole}, which may be 0. */
record Disc(double hole) implements Outline {

  @Override
  public double signedDistance(double x, double y) {
    double distance = Math.sqrt(x * x + y * y);
    return hole == 0 ? distance - 1 : Math.max(distance - 1, hole - distance);
  }

  @Override
  public double area() {
    return Math.PI * (1 - hole * hole);
  }

  @Override
  public Box extent(Pose pose) {
    double radius = pose.radius();
    return new Box(pose.x() - radius, pose.y() - radius, 2 * radius, 2 * radius);
  }
}
