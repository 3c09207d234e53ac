package io.zoetrope.faults;

/**
 * How much of a fault is enough: little in {@code mvn verify}, where correctness alone is judged,
 * and much behind the profile {@code faults}, where recovery is measured as well.
 */
enum Scale {
  QUICK,
  FULL;

  /** As the system property {@code zoetrope.faults} has it. */
  static final Scale CHOSEN = "full".equals(System.getProperty("zoetrope.faults")) ? FULL : QUICK;

  int of(int quick, int full) {
    return this == QUICK ? quick : full;
  }
}
