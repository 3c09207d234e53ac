package io.zoetrope.detector.boxes;

/**
 * What a run asks of its boxes.
 *
 * @param confidence that a box needs, 0 to 1
 * @param iou intersection over union, 0 to 1, above which the less confident of two boxes of a
 *     class falls
 */
public record Thresholds(float confidence, float iou) {
  public Thresholds {
    requireUnit("confidence", confidence);
    requireUnit("iou", iou);
  }

  private static void requireUnit(String name, float value) {
    if (!(value >= 0 && value <= 1)) {
      throw new IllegalArgumentException(name + " must be between 0 and 1, not " + value);
    }
  }
}
