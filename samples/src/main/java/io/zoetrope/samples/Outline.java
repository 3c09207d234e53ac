package io.zoetrope.samples;

/**
 * The edge of a shape of unit size, centred on the origin and inside the unit circle, in the
 * shape's own coordinates (y downwards). Everything about a shape follows from it: its pixels, its
 * exact box and its area.
 */
sealed interface Outline permits Disc, Polygon {

  /** The distance from the point to the edge, negative inside. */
  double signedDistance(double x, double y);

  double area();

  /** The exact bounding box of the shape after {@code pose}, not clipped to anything. */
  Box extent(Pose pose);
}
