package io.zoetrope.detector.boxes;

import java.util.List;

/**
 * A part of the picture: a polygon, which may be concave, and where it crosses itself is what an
 * odd number of its sides surrounds. Its edge is part of it.
 *
 * @param corners at least 3, as fractions of the picture's width and height
 */
public record Region(List<Corner> corners) {
  /** A place in the picture, 0 to 1 from its top left corner. */
  public record Corner(double x, double y) {}

  public Region {
    corners = List.copyOf(corners);
    if (corners.size() < 3) {
      throw new IllegalArgumentException("a region needs 3 corners, not " + corners.size());
    }
  }

  /**
   * Whether a place lies in this region: whether a ray from it to the right crosses an odd number
   * of sides (W. R. Franklin, PNPOLY), or it lies on one of them.
   */
  boolean contains(double x, double y) {
    boolean inside = false;
    Corner from = corners.get(corners.size() - 1);
    for (Corner to : corners) {
      // Of the triangle of both corners and the place, twice the area; its sign says on which side.
      double area = (to.x - from.x) * (y - from.y) - (to.y - from.y) * (x - from.x);
      if (area == 0 && isBetween(x, from.x, to.x) && isBetween(y, from.y, to.y)) {
        return true;
      }
      if ((from.y > y) != (to.y > y) && (area > 0) == (to.y > from.y)) {
        inside = !inside;
      }
      from = to;
    }
    return inside;
  }

  private static boolean isBetween(double value, double one, double other) {
    return Math.min(one, other) <= value && value <= Math.max(one, other);
  }
}
