package io.zoetrope.media;

/**
 * A part of a {@link Picture}, in its pixels, origin top left.
 *
 * @param width one pixel or more; likewise {@code height}
 */
public record PictureArea(int x, int y, int width, int height) {
  public PictureArea {
    if (x < 0 || y < 0 || width < 1 || height < 1) {
      throw new IllegalArgumentException(
          "no area of a picture: %d × %d at %d, %d".formatted(width, height, x, y));
    }
  }

  /** All of a picture. */
  public static PictureArea all(PictureFormat format) {
    return new PictureArea(0, 0, format.width(), format.height());
  }

  /**
   * The smallest area that has this one in it and that a picture with colours of half its size can
   * be cut to: it starts and ends at even pixels.
   *
   * @throws IllegalArgumentException where it reaches beyond the picture
   */
  PictureArea even(PictureFormat format) {
    if (x + width > format.width() || y + height > format.height()) {
      throw new IllegalArgumentException(this + " isn't within " + format);
    }
    int left = x & ~1;
    int top = y & ~1;
    return new PictureArea(left, top, (x + width + 1 & ~1) - left, (y + height + 1 & ~1) - top);
  }
}
