package io.zoetrope.samples;

/** A shape with its motion and its paint. */
record Sprite(
    ShapeClass shape,
    Wave x,
    Wave y,
    Wave radius,
    double turn,
    double turnsPerSecond,
    Paint paint) {
  private static final double SHADOW_OFFSET = 0.11;
  private static final double SHADOW_SOFTNESS = 0.3;
  private static final double SHADOW_DEPTH = 0.5;

  Pose pose(double seconds) {
    double radians = 2 * Math.PI * (turn + turnsPerSecond * seconds);
    return Pose.of(x.at(seconds), y.at(seconds), radius.at(seconds), radians);
  }

  /**
   * Paints the shape and its shadow, and marks the pixels whose centres lie inside the shape as
   * {@code number}'s.
   */
  void paint(Canvas canvas, Pose pose, int number) {
    double size = pose.radius();
    Box extent = shape.outline().extent(pose);
    int left = (int) Math.max(0, Math.floor(extent.x() - 1));
    int top = (int) Math.max(0, Math.floor(extent.y() - 1));
    double shadowReach = 1 + size * (SHADOW_OFFSET + SHADOW_SOFTNESS);
    int right = (int) Math.min(canvas.width, Math.ceil(extent.right() + shadowReach));
    int bottom = (int) Math.min(canvas.height, Math.ceil(extent.bottom() + shadowReach));
    for (int row = top; row < bottom; row++) {
      for (int column = left; column < right; column++) {
        paintPixel(canvas, pose, number, column, row);
      }
    }
  }

  private void paintPixel(Canvas canvas, Pose pose, int number, int column, int row) {
    double centreX = column + 0.5;
    double centreY = row + 0.5;
    double distance = distance(pose, centreX, centreY);
    double coverage = clamp(0.5 - distance * pose.radius());
    if (coverage < 1) {
      double offset = SHADOW_OFFSET * pose.radius();
      double shadow =
          clamp(0.5 - distance(pose, centreX - offset, centreY - offset) / SHADOW_SOFTNESS);
      canvas.blend(column, row, Colour.BLACK, (float) (SHADOW_DEPTH * shadow * shadow));
    }
    if (coverage > 0) {
      double shapeX = pose.toShapeX(centreX, centreY);
      double shapeY = pose.toShapeY(centreX, centreY);
      double lit = (pose.x() - centreX + pose.y() - centreY) / (1.4 * pose.radius());
      Colour colour = paint.at(shapeX, shapeY, lit, -distance, 1 / pose.radius());
      canvas.blend(column, row, colour, (float) coverage);
    }
    if (distance <= 0) {
      canvas.cover(column, row, number);
    }
  }

  private double distance(Pose pose, double pictureX, double pictureY) {
    double shapeX = pose.toShapeX(pictureX, pictureY);
    double shapeY = pose.toShapeY(pictureX, pictureY);
    return shape.outline().signedDistance(shapeX, shapeY);
  }

  private static double clamp(double value) {
    return Math.max(0, Math.min(1, value));
  }
}
