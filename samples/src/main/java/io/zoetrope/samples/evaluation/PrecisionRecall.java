package io.zoetrope.samples.evaluation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Hits and misses of one label over all frames. */
final class PrecisionRecall {
  private record Outcome(double confidence, boolean hit) {}

  private final List<Outcome> outcomes = new ArrayList<>();
  private int expected;

  void expectOne() {
    expected++;
  }

  int expected() {
    return expected;
  }

  void add(double confidence, boolean hit) {
    outcomes.add(new Outcome(confidence, hit));
  }

  /**
   * The area under the precision envelope: every hit is worth the best precision that is reached at
   * its recall or beyond.
   */
  double area() {
    List<Outcome> ranked = new ArrayList<>(outcomes);
    ranked.sort(Comparator.comparingDouble(Outcome::confidence).reversed());
    double[] precision = new double[ranked.size()];
    int hits = 0;
    for (int i = 0; i < precision.length; i++) {
      hits += ranked.get(i).hit() ? 1 : 0;
      precision[i] = hits / (i + 1.0);
    }
    double sum = 0;
    double envelope = 0;
    for (int i = precision.length - 1; i >= 0; i--) {
      envelope = Math.max(envelope, precision[i]);
      sum += ranked.get(i).hit() ? envelope : 0;
    }
    return sum / expected;
  }
}
