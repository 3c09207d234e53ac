package io.zoetrope.schemas;

import io.zoetrope.events.Point;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;

/** Polygons in a picture, as fractions of its width and height. */
final class Regions {
  private static final int FEWEST_POINTS = 3;
  private static final int MOST_POINTS = 64;
  private static final Comparator<Point> ORDER =
      Comparator.comparing(Point::getX).thenComparing(Point::getY);
  private static final List<Point> WHOLE_PICTURE =
      List.of(new Point(0f, 0f), new Point(0f, 1f), new Point(1f, 1f), new Point(1f, 0f));

  private Regions() {}

  /**
   * The one form of a polygon that can begin at any corner and go either way round, and may repeat
   * a corner, as GeoJSON does with the first: of all such forms the one that sorts first. None is
   * the whole picture.
   *
   * @throws EventException {@code OPTION_INVALID} where it has fewer than 3 or more than 64
   *     corners, one outside the picture, or no area
   */
  static List<Point> canonical(List<Point> polygon) {
    if (polygon.isEmpty()) {
      return polygon;
    }
    List<Point> first = outline("region", polygon);
    return first.equals(WHOLE_PICTURE) ? List.of() : first;
  }

  /**
   * As {@link #canonical}, but the whole picture is a polygon as any other.
   *
   * @param name of what is outlined, for people
   */
  static List<Point> outline(String name, List<Point> polygon) {
    List<Point> corners = corners(name, polygon);
    if (corners.size() < FEWEST_POINTS || corners.size() > MOST_POINTS) {
      throw invalid(name, "3 to 64 corners, but has " + corners.size());
    }
    if (isLine(corners)) {
      throw invalid(name, "an area, but its corners lie on one line");
    }
    List<Point> reversed = new ArrayList<>(corners);
    Collections.reverse(reversed);
    List<Point> first = List.copyOf(corners);
    for (int start = 0; start < corners.size(); start++) {
      Collections.rotate(corners, 1);
      Collections.rotate(reversed, 1);
      first = earlier(earlier(first, corners), reversed);
    }
    return first;
  }

  private static List<Point> corners(String name, List<Point> polygon) {
    List<Point> corners = new ArrayList<>();
    for (Point point : polygon) {
      Point corner = new Point(fraction(name, point.getX()), fraction(name, point.getY()));
      if (corners.isEmpty() || !corner.equals(corners.get(corners.size() - 1))) {
        corners.add(corner);
      }
    }
    while (corners.size() > 1 && corners.get(0).equals(corners.get(corners.size() - 1))) {
      corners.remove(corners.size() - 1);
    }
    return corners;
  }

  private static float fraction(String name, float value) {
    if (!(value >= 0 && value <= 1)) {
      throw invalid(name, "corners within 0 and 1, but one is at " + value);
    }
    return value == 0 ? 0 : value;
  }

  private static boolean isLine(List<Point> corners) {
    Point a = corners.get(0);
    Point b = corners.get(1);
    double x = (double) b.getX() - a.getX();
    double y = (double) b.getY() - a.getY();
    return corners.stream().allMatch(c -> x * (c.getY() - a.getY()) == y * (c.getX() - a.getX()))
        || new HashSet<>(corners).size() < FEWEST_POINTS;
  }

  private static List<Point> earlier(List<Point> first, List<Point> other) {
    for (int i = 0; i < first.size(); i++) {
      int order = ORDER.compare(other.get(i), first.get(i));
      if (order != 0) {
        return order < 0 ? List.copyOf(other) : first;
      }
    }
    return first;
  }

  private static EventException invalid(String name, String what) {
    return new EventException("OPTION_INVALID", name + " must have " + what);
  }
}
