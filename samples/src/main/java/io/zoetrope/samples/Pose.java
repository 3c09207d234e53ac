package io.zoetrope.samples;

/**
 * Where a unit shape stands in the picture: its centre and radius in pixels, and its turn as a
 * cosine and a sine (clockwise on the screen).
 */
record Pose(double x, double y, double radius, double cos, double sin) {

  static Pose of(double x, double y, double radius, double radians) {
    return new Pose(x, y, radius, StrictMath.cos(radians), StrictMath.sin(radians));
  }

  double toPictureX(double shapeX, double shapeY) {
    return x + radius * (cos * shapeX - sin * shapeY);
  }

  double toPictureY(double shapeX, double shapeY) {
    return y + radius * (sin * shapeX + cos * shapeY);
  }

  double toShapeX(double pictureX, double pictureY) {
    return (cos * (pictureX - x) + sin * (pictureY - y)) / radius;
  }

  double toShapeY(double pictureX, double pictureY) {
    return (cos * (pictureY - y) - sin * (pictureX - x)) / radius;
  }
}
