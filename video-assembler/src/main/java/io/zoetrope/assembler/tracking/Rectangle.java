package io.zoetrope.assembler.tracking;

/** A box in the unit of {@link Seen}, by its edges. */
record Rectangle(double left, double top, double right, double bottom) {
  static Rectangle of(Seen seen) {
    return new Rectangle(
        seen.x(), seen.y(), (double) seen.x() + seen.width(), (double) seen.y() + seen.height());
  }

  /** A box whose size can't be is empty. */
  static Rectangle around(double centreX, double centreY, double aspect, double height) {
    double halfHeight = Math.max(0, height) / 2;
    double halfWidth = Math.max(0, aspect) * halfHeight;
    return new Rectangle(
        centreX - halfWidth, centreY - halfHeight, centreX + halfWidth, centreY + halfHeight);
  }

  double centreX() {
    return (left + right) / 2;
  }

  double centreY() {
    return (top + bottom) / 2;
  }

  double width() {
    return right - left;
  }

  double height() {
    return bottom - top;
  }

  /** Width by height; 0 for a box without a height. */
  double aspect() {
    return height() > 0 ? width() / height() : 0;
  }

  /** Intersection over union, 0 to 1. */
  double overlap(Rectangle other) {
    double width = Math.min(right, other.right) - Math.max(left, other.left);
    double height = Math.min(bottom, other.bottom) - Math.max(top, other.top);
    if (width <= 0 || height <= 0) {
      return 0;
    }
    double intersection = width * height;
    return intersection / (area() + other.area() - intersection);
  }

  private double area() {
    return width() * height();
  }
}
