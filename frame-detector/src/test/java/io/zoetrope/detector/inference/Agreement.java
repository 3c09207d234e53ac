package io.zoetrope.detector.inference;

import io.zoetrope.detector.boxes.Detection;
import java.util.ArrayList;
import java.util.List;

/**
 * How well two detectors agree, picture by picture: detections of a class match, the most confident
 * first, where their boxes overlap by 0.9.
 */
final class Agreement {
  private static final double OVERLAP = 0.9;

  private int matches;
  private int onlyFound;
  private int onlyExpected;

  /** Counts one more picture. */
  void add(List<Detection> found, List<Detection> expected) {
    List<Detection> left = new ArrayList<>(expected);
    for (Detection detection : found) {
      Detection best =
          left.stream()
              .filter(other -> other.classId() == detection.classId())
              .filter(other -> overlap(detection, other) >= OVERLAP)
              .max((a, b) -> Double.compare(overlap(detection, a), overlap(detection, b)))
              .orElse(null);
      if (left.remove(best)) {
        matches++;
      } else {
        onlyFound++;
      }
    }
    onlyExpected += left.size();
  }

  void add(Agreement other) {
    matches += other.matches;
    onlyFound += other.onlyFound;
    onlyExpected += other.onlyExpected;
  }

  int matches() {
    return matches;
  }

  int onlyFound() {
    return onlyFound;
  }

  int onlyExpected() {
    return onlyExpected;
  }

  /** Harmonic mean of precision and recall; 1 where there is nothing to be found. */
  double f1() {
    int all = 2 * matches + onlyFound + onlyExpected;
    return all == 0 ? 1 : 2.0 * matches / all;
  }

  private static double overlap(Detection a, Detection b) {
    double width = Math.min(a.x() + a.width(), b.x() + b.width()) - Math.max(a.x(), b.x());
    double height = Math.min(a.y() + a.height(), b.y() + b.height()) - Math.max(a.y(), b.y());
    double shared = Math.max(0, width) * Math.max(0, height);
    return shared / ((double) a.width() * a.height() + (double) b.width() * b.height() - shared);
  }
}
