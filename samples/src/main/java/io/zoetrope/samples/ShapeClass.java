package io.zoetrope.samples;

import java.util.Locale;

/** The classes of the sample domain; their numbers are the model's class ids. */
public enum ShapeClass {
  CIRCLE(0, new Disc(0)),
  RING(1, new Disc(0.56)),
  TRIANGLE(2, Polygon.regular(3)),
  SQUARE(3, Polygon.regular(4)),
  STAR(4, Polygon.star(5, 0.42)),
  CROSS(5, Polygon.cross(0.56));

  private final int classId;

  // Outlines don't change; Error Prone would want its own annotation to believe it.
  @SuppressWarnings("ImmutableEnumChecker")
  private final Outline outline;

  ShapeClass(int classId, Outline outline) {
    this.classId = classId;
    this.outline = outline;
  }

  /** The class's name in the truth and in the model's metadata, such as {@code circle}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The class's number in the truth and in the model's output. */
  public int classId() {
    return classId;
  }

  Outline outline() {
    return outline;
  }
}
