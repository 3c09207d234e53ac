package io.zoetrope.detector.boxes;

import java.util.Arrays;

/**
 * Which classes count, and from which confidence. As in Ultralytics' {@code non_max_suppression}
 * with {@code classes}, a box is of its best class: where that one doesn't count, the box doesn't
 * become one of its second-best class.
 */
public final class ClassFilter {
  /** More than any confidence. */
  private static final float NEVER = Float.POSITIVE_INFINITY;

  private final float lowest;
  private final float[] byClass;

  private ClassFilter(float lowest, float[] byClass) {
    this.lowest = lowest;
    this.byClass = byClass;
  }

  /** Every class, from one confidence. */
  public static ClassFilter all(float confidence) {
    return new ClassFilter(confidence, new float[0]);
  }

  /**
   * Classes with a confidence each.
   *
   * @param confidences by class id, NaN for a class that doesn't count
   */
  public static ClassFilter of(float... confidences) {
    float[] byClass = confidences.clone();
    float lowest = NEVER;
    for (int i = 0; i < byClass.length; i++) {
      byClass[i] = Float.isNaN(byClass[i]) ? NEVER : byClass[i];
      lowest = Math.min(lowest, byClass[i]);
    }
    return new ClassFilter(lowest, byClass);
  }

  /** The confidence below which nothing counts. */
  float lowest() {
    return lowest;
  }

  /** Drops what passed {@link #lowest} and yet doesn't count. */
  void retain(Candidates candidates, OutputDecoder rule) {
    if (byClass.length > 0) {
      candidates.retain(
          index -> rule.passes(candidates.confidence(index), byClass[candidates.classId(index)]));
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ClassFilter filter
        && lowest == filter.lowest
        && Arrays.equals(byClass, filter.byClass);
  }

  @Override
  public int hashCode() {
    return 31 * Float.hashCode(lowest) + Arrays.hashCode(byClass);
  }

  @Override
  public String toString() {
    return byClass.length == 0 ? "every class from " + lowest : Arrays.toString(byClass);
  }
}
