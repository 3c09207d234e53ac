package io.zoetrope.detector.boxes;

import java.util.Arrays;

/**
 * Greedy suppression within each class, as {@code torchvision.ops.nms} does it for one class: boxes
 * are visited by descending confidence, equal ones in the order of the model's rows, and a box
 * falls when it overlaps one of its class that stands by more than the threshold. Classes are
 * compared, not pushed apart by an offset, which would cost the boxes their low bits. One thread at
 * a time.
 */
final class NonMaximumSuppression {
  /** {@code max_nms} of Ultralytics. */
  static final int MOST_CONSIDERED = 30_000;

  private final int limit;
  private long[] order = new long[256];
  private float[] area = new float[256];
  private final int[] kept;

  /**
   * @param limit of boxes that stay, the most confident ones
   */
  NonMaximumSuppression(int limit) {
    this.limit = limit;
    this.kept = new int[limit];
  }

  /**
   * The candidates that stand.
   *
   * @param rule which of them may fall
   * @param iou intersection over union above which the less confident box falls
   * @return how many; their indices are {@link #kept}, by descending confidence
   */
  int suppress(Candidates boxes, Suppression rule, float iou) {
    return switch (rule) {
      case WITHIN_CLASS_OF_THE_BEST -> {
        sort(boxes, boxes.size());
        yield suppress(boxes, Math.min(MOST_CONSIDERED, boxes.size()), iou);
      }
      case WITHIN_CLASS -> {
        sort(boxes, boxes.size());
        yield suppress(boxes, boxes.size(), iou);
      }
      case MOST_CONFIDENT -> {
        sort(boxes, boxes.size());
        yield keep(Math.min(limit, boxes.size()));
      }
      case FIRST -> {
        int first = Math.min(limit, boxes.size());
        sort(boxes, first);
        yield keep(first);
      }
    };
  }

  private int suppress(Candidates boxes, int considered, float iou) {
    int standing = 0;
    for (int i = 0; i < considered && standing < limit; i++) {
      int candidate = (int) order[i];
      if (stands(boxes, candidate, standing, iou)) {
        kept[standing++] = candidate;
      }
    }
    return standing;
  }

  private int keep(int standing) {
    for (int i = 0; i < standing; i++) {
      kept[i] = (int) order[i];
    }
    return standing;
  }

  /** Index of the candidate with the given rank among those that stand. */
  int kept(int rank) {
    return kept[rank];
  }

  private boolean stands(Candidates boxes, int candidate, int standing, float iou) {
    for (int k = 0; k < standing; k++) {
      int other = kept[k];
      if (boxes.classId(other) == boxes.classId(candidate)
          && overlap(boxes, other, candidate) > iou) {
        return false;
      }
    }
    return true;
  }

  private float overlap(Candidates boxes, int a, int b) {
    float width = Math.min(boxes.right(a), boxes.right(b)) - Math.max(boxes.left(a), boxes.left(b));
    float height =
        Math.min(boxes.bottom(a), boxes.bottom(b)) - Math.max(boxes.top(a), boxes.top(b));
    float intersection = Math.max(0, width) * Math.max(0, height);
    return intersection / (area[a] + area[b] - intersection);
  }

  // A key holds the confidence, turned so that higher ones come first, above the row.
  private void sort(Candidates boxes, int size) {
    if (order.length < size) {
      order = new long[2 * size];
      area = new float[2 * size];
    }
    for (int i = 0; i < size; i++) {
      area[i] = (boxes.right(i) - boxes.left(i)) * (boxes.bottom(i) - boxes.top(i));
      order[i] = (long) ~ascendingBits(boxes.confidence(i)) << Integer.SIZE | i;
    }
    Arrays.sort(order, 0, size);
  }

  private static int ascendingBits(float value) {
    int bits = Float.floatToIntBits(value);
    return bits ^ (bits >> (Integer.SIZE - 1) & Integer.MAX_VALUE);
  }
}
