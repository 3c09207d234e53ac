package io.zoetrope.detector.boxes;

import java.util.Optional;

/**
 * How large a detection has to be, and where.
 *
 * @param minWidth least width of its box, in pixels of the picture, likewise {@code minHeight}; 0
 *     for any
 * @param region in which the centre of its box has to lie
 */
public record PlaceFilter(float minWidth, float minHeight, Optional<Region> region) {
  /** Any size, anywhere. */
  public static final PlaceFilter EVERYWHERE = new PlaceFilter(0, 0, Optional.empty());

  public PlaceFilter {
    if (!(minWidth >= 0 && minHeight >= 0)) {
      throw new IllegalArgumentException(
          "a least size must be from 0, not %s x %s".formatted(minWidth, minHeight));
    }
  }

  /** Whether a detection counts in a picture of this size, in pixels. */
  boolean accepts(Detection detection, int pictureWidth, int pictureHeight) {
    return detection.width() >= minWidth
        && detection.height() >= minHeight
        && (region.isEmpty() || isInside(region.get(), detection, pictureWidth, pictureHeight));
  }

  private static boolean isInside(
      Region region, Detection detection, int pictureWidth, int pictureHeight) {
    double centreX = detection.x() + detection.width() / 2.0;
    double centreY = detection.y() + detection.height() / 2.0;
    return region.contains(centreX / pictureWidth, centreY / pictureHeight);
  }
}
