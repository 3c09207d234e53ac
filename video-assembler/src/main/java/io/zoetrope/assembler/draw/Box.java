package io.zoetrope.assembler.draw;

/**
 * A rectangle in a picture, in pixels from its top left corner. It may reach beyond the picture.
 */
public record Box(float x, float y, float width, float height) {
  float right() {
    return x + width;
  }

  float bottom() {
    return y + height;
  }

  float area() {
    return width * height;
  }

  /** Whether there is anything of it in a picture of this size. */
  boolean isIn(int pictureWidth, int pictureHeight) {
    return Float.isFinite(area())
        && Float.isFinite(right())
        && Float.isFinite(bottom())
        && width > 0
        && height > 0
        && x < pictureWidth
        && y < pictureHeight
        && right() > 0
        && bottom() > 0;
  }

  /** Likewise, with that much more on every side. */
  Box grown(float by) {
    return new Box(x - by, y - by, width + 2 * by, height + 2 * by);
  }

  /** What of it is in a picture of this size. */
  Box within(int pictureWidth, int pictureHeight) {
    float left = Math.max(0, x);
    float top = Math.max(0, y);
    return new Box(
        left, top, Math.min(pictureWidth, right()) - left, Math.min(pictureHeight, bottom()) - top);
  }

  /** The area that both have in common; 0 where they only touch. */
  float overlap(Box other) {
    float across = Math.min(right(), other.right()) - Math.max(x, other.x);
    float down = Math.min(bottom(), other.bottom()) - Math.max(y, other.y);
    return across > 0 && down > 0 ? across * down : 0;
  }
}
