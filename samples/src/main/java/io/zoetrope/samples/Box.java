package io.zoetrope.samples;

/**
 * An upright rectangle in pixels: {@code x}, {@code y} is the top left corner, y grows downwards,
 * and pixel (i, j) covers [i, i + 1) × [j, j + 1).
 */
public record Box(double x, double y, double width, double height) {
  static final Box EMPTY = new Box(0, 0, 0, 0);

  static Box between(double left, double top, double right, double bottom) {
    return right <= left || bottom <= top ? EMPTY : new Box(left, top, right - left, bottom - top);
  }

  public double right() {
    return x + width;
  }

  public double bottom() {
    return y + height;
  }

  public double area() {
    return width * height;
  }

  /** What both boxes cover; an empty box if they don't meet. */
  public Box intersection(Box other) {
    return between(
        Math.max(x, other.x),
        Math.max(y, other.y),
        Math.min(right(), other.right()),
        Math.min(bottom(), other.bottom()));
  }

  /** Intersection over union, 0 to 1. */
  public double iou(Box other) {
    double common = intersection(other).area();
    return common == 0 ? 0 : common / (area() + other.area() - common);
  }
}
