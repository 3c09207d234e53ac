package io.zoetrope.samples;

/**
 * One shape in one frame.
 *
 * @param box the shape's exact bounding box, clipped to the picture; parts hidden by other shapes
 *     belong to it
 * @param visible the share of the whole shape's area that is inside the picture and not covered, 0
 *     to 1
 */
public record TruthObject(ShapeClass shape, Box box, double visible) {
  /** What shows less of itself than this is neither to be found nor wrong to find. */
  public static final double LEAST_VISIBLE = 0.3;

  /**
   * Whether an evaluation should ignore this object, and a detection that matches nothing but it.
   */
  public boolean ignored() {
    return visible < LEAST_VISIBLE;
  }
}
