package io.zoetrope.assembler.tracking;

import java.util.List;

/**
 * A part of the picture, which may be concave; where it crosses itself it is what an odd number of
 * its sides surrounds. Its edge is part of it.
 *
 * @param corners at least 3
 */
public record Polygon(List<Spot> corners) {
  /** A place in the picture, as fractions of its width and height from the top left corner. */
  public record Spot(double x, double y) {}

  public Polygon {
    corners = List.copyOf(corners);
    if (corners.size() < 3) {
      throw new IllegalArgumentException("a polygon needs 3 corners, not " + corners.size());
    }
  }

  /**
   * Whether a place lies in it: whether a ray from it to the right crosses an odd number of sides
   * (W. R. Franklin, PNPOLY), or it lies on one of them.
   */
  boolean contains(Spot spot) {
    boolean inside = false;
    Spot from = corners.get(corners.size() - 1);
    for (Spot to : corners) {
      // Of the triangle of both corners and the place, twice the area; its sign says on which side.
      double area = (to.x - from.x) * (spot.y - from.y) - (to.y - from.y) * (spot.x - from.x);
      if (area == 0 && isBetween(spot.x, from.x, to.x) && isBetween(spot.y, from.y, to.y)) {
        return true;
      }
      if ((from.y > spot.y) != (to.y > spot.y) && (area > 0) == (to.y > from.y)) {
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
