package io.zoetrope.detector.family;

/** The scores of the classes in a row of a table. */
final class ClassScores {
  private ClassScores() {}

  /**
   * Index of the highest score from {@code first} on, the first of equal ones, as {@code torch.max}
   * has it. A NaN is the highest of all: it has to get through to be reported.
   */
  static int best(float[] row, int first) {
    int best = first;
    for (int i = first + 1; i < row.length; i++) {
      if (row[i] > row[best] || Float.isNaN(row[i])) {
        best = i;
      }
    }
    return best;
  }
}
