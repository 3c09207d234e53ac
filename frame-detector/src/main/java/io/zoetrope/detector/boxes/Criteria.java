package io.zoetrope.detector.boxes;

/**
 * Which of a model's boxes a run counts. Confidence and class are asked before suppression, so that
 * a box that doesn't count suppresses none that does; size and place after it, of the box in the
 * picture.
 *
 * @param iou intersection over union, 0 to 1, above which the less confident of two boxes of a
 *     class falls
 */
public record Criteria(ClassFilter classes, float iou, PlaceFilter places) {
  /** Every box that passes the thresholds, whatever and wherever it is. */
  public static Criteria of(Thresholds thresholds) {
    return new Criteria(
        ClassFilter.all(thresholds.confidence()), thresholds.iou(), PlaceFilter.EVERYWHERE);
  }
}
