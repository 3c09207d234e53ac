package io.zoetrope.samples.evaluation;

import io.zoetrope.samples.FrameTruth;
import io.zoetrope.samples.TruthObject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How well detections fit the truth: per label the area under the precision envelope over recall
 * (all points, as Pascal VOC since 2010), and its mean over the labels that the truth has.
 *
 * <p>As in COCO, the detections of a frame pick in the order of their confidence: each takes the
 * free object of its label that it overlaps most, if their IoU reaches the threshold. One that
 * finds no object but overlaps an {@linkplain TruthObject#ignored() ignored} one that much counts
 * neither way. For one thread at a time.
 */
public final class MeanAveragePrecision {
  private static final Comparator<Detection> SUREST_FIRST =
      Comparator.comparingDouble(Detection::confidence).reversed();

  private final double threshold;
  private final Map<String, PrecisionRecall> labels = new TreeMap<>();

  /**
   * @param threshold the least IoU of a hit, such as 0.5 for mAP50
   */
  public MeanAveragePrecision(double threshold) {
    this.threshold = threshold;
  }

  /** Adds one frame: what is there and what was found, in any order. Each frame is added once. */
  public void add(FrameTruth truth, List<Detection> detections) {
    List<TruthObject> free = new ArrayList<>();
    List<TruthObject> ignored = new ArrayList<>();
    for (TruthObject object : truth.objects()) {
      if (object.ignored()) {
        ignored.add(object);
      } else {
        free.add(object);
        curve(object.shape().label()).expectOne();
      }
    }
    detections.stream()
        .sorted(SUREST_FIRST)
        .forEach(
            detection -> {
              TruthObject match = best(detection, free);
              if (match != null) {
                free.remove(match);
                curve(detection.label()).add(detection.confidence(), true);
              } else if (best(detection, ignored) == null) {
                curve(detection.label()).add(detection.confidence(), false);
              }
            });
  }

  private TruthObject best(Detection detection, List<TruthObject> objects) {
    TruthObject best = null;
    double most = threshold;
    for (TruthObject object : objects) {
      double iou = object.box().iou(detection.box());
      if (object.shape().label().equals(detection.label()) && iou >= most) {
        most = iou;
        best = object;
      }
    }
    return best;
  }

  private PrecisionRecall curve(String label) {
    return labels.computeIfAbsent(label, unused -> new PrecisionRecall());
  }

  /** The average precision, 0 to 1, of every label that the truth has, by label. */
  public Map<String, Double> byLabel() {
    Map<String, Double> precisions = new TreeMap<>();
    labels.forEach(
        (label, curve) -> {
          if (curve.expected() > 0) {
            precisions.put(label, curve.area());
          }
        });
    return precisions;
  }

  /**
   * The mean of {@link #byLabel()}.
   *
   * @throws IllegalStateException where no frame had anything to find
   */
  public double mean() {
    return byLabel().values().stream()
        .mapToDouble(Double::doubleValue)
        .average()
        .orElseThrow(() -> new IllegalStateException("there was nothing to find in any frame"));
  }
}
