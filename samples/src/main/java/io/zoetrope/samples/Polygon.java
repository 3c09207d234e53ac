package io.zoetrope.samples;

/** A simple polygon, convex or not, given by its corners in order. */
final class Polygon implements Outline {
  private final double[] xs;
  private final double[] ys;

  private Polygon(double[] xs, double[] ys) {
    this.xs = xs;
    this.ys = ys;
  }

  /** Corners on the unit circle, evenly spread, one of them at the top. */
  static Polygon regular(int corners) {
    return polar(corners, 1, 1);
  }

  /**
   * A star whose {@code points} lie on the unit circle and whose dents lie on a circle of radius
   * {@code dent}.
   */
  static Polygon star(int points, double dent) {
    return polar(2 * points, 1, dent);
  }

  /** An upright cross whose arms are {@code width} wide, their corners on the unit circle. */
  static Polygon cross(double width) {
    double near = width / 2;
    double far = Math.sqrt(1 - near * near);
    double[] xs = {-near, near, near, far, far, near, near, -near, -near, -far, -far, -near};
    double[] ys = {-far, -far, -near, -near, near, near, far, far, near, near, -near, -near};
    return new Polygon(xs, ys);
  }

  private static Polygon polar(int corners, double evenRadius, double oddRadius) {
    double[] xs = new double[corners];
    double[] ys = new double[corners];
    for (int i = 0; i < corners; i++) {
      double radius = i % 2 == 0 ? evenRadius : oddRadius;
      double angle = 2 * Math.PI * i / corners;
      xs[i] = radius * StrictMath.sin(angle);
      ys[i] = -radius * StrictMath.cos(angle);
    }
    return new Polygon(xs, ys);
  }

  /**
   * The least distance to an edge; the sign is by the even-odd rule. After Inigo Quilez, "2D
   * distance functions: polygon".
   */
  @Override
  public double signedDistance(double x, double y) {
    double least = Double.MAX_VALUE;
    boolean inside = false;
    int previous = xs.length - 1;
    for (int i = 0; i < xs.length; previous = i++) {
      double edgeX = xs[previous] - xs[i];
      double edgeY = ys[previous] - ys[i];
      double fromX = x - xs[i];
      double fromY = y - ys[i];
      double along = (fromX * edgeX + fromY * edgeY) / (edgeX * edgeX + edgeY * edgeY);
      double nearest = Math.max(0, Math.min(1, along));
      double missX = fromX - edgeX * nearest;
      double missY = fromY - edgeY * nearest;
      least = Math.min(least, missX * missX + missY * missY);
      boolean crosses = (ys[i] > y) != (ys[previous] > y);
      if (crosses && fromX < edgeX * fromY / edgeY) {
        inside = !inside;
      }
    }
    double distance = Math.sqrt(least);
    return inside ? -distance : distance;
  }

  @Override
  public double area() {
    double twice = 0;
    int previous = xs.length - 1;
    for (int i = 0; i < xs.length; previous = i++) {
      twice += xs[previous] * ys[i] - xs[i] * ys[previous];
    }
    return Math.abs(twice) / 2;
  }

  @Override
  public Box extent(Pose pose) {
    double left = Double.MAX_VALUE;
    double top = Double.MAX_VALUE;
    double right = -Double.MAX_VALUE;
    double bottom = -Double.MAX_VALUE;
    for (int i = 0; i < xs.length; i++) {
      double x = pose.toPictureX(xs[i], ys[i]);
      double y = pose.toPictureY(xs[i], ys[i]);
      left = Math.min(left, x);
      right = Math.max(right, x);
      top = Math.min(top, y);
      bottom = Math.max(bottom, y);
    }
    return Box.between(left, top, right, bottom);
  }
}
