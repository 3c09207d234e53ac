package io.zoetrope.assembler.draw;

import java.util.List;
import java.util.Objects;

/**
 * A zone of a picture with its counts.
 *
 * @param corners of the polygon, at least 3
 * @param inside objects that are in it
 * @param entered objects that have been in it so far; 0 where they aren't followed
 */
public record ZoneMark(String name, List<Place> corners, int inside, int entered) {
  public ZoneMark {
    Objects.requireNonNull(name);
    corners = List.copyOf(corners);
    if (corners.size() < 3) {
      throw new IllegalArgumentException("a zone needs 3 corners, not " + corners.size());
    }
  }

  boolean isFinite() {
    return corners.stream().allMatch(Place::isFinite);
  }
}
