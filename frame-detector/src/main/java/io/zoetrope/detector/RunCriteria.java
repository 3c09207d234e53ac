package io.zoetrope.detector;

import io.zoetrope.detector.boxes.ClassFilter;
import io.zoetrope.detector.boxes.Criteria;
import io.zoetrope.detector.boxes.PlaceFilter;
import io.zoetrope.detector.boxes.Region;
import io.zoetrope.detector.boxes.Thresholds;
import io.zoetrope.detector.inference.Failure;
import io.zoetrope.events.Point;
import io.zoetrope.events.RunFilter;
import io.zoetrope.events.RunOptions;
import io.zoetrope.schemas.Nearest;
import java.util.List;
import java.util.Optional;

/** From what a run asks for in words to what it asks of the boxes of one model. */
final class RunCriteria {
  private final String modelId;
  private final List<String> labels;

  /**
   * @param labels of the model, by class id
   */
  RunCriteria(String modelId, List<String> labels) {
    this.modelId = modelId;
    this.labels = labels;
  }

  /**
   * What the boxes have to meet.
   *
   * @throws IllegalArgumentException where a number is out of range
   */
  Criteria of(RunOptions options) {
    Thresholds thresholds = new Thresholds(options.getConfidence(), options.getIou());
    RunFilter filter = options.getFilter();
    return filter == null
        ? Criteria.of(thresholds)
        : new Criteria(
            ClassFilter.of(confidences(filter, thresholds)), thresholds.iou(), places(filter));
  }

  /**
   * Why the run can't be had of this model: it keeps a label that there is none of here, and to
   * find nothing would look as though nothing were there. To drop one, or to set its confidence,
   * does no harm.
   */
  Optional<Failure> refusal(RunOptions options) {
    if (options.getFilter() == null) {
      return Optional.empty();
    }
    return options.getFilter().getLabels().stream()
        .filter(label -> !labels.contains(label))
        .findFirst()
        .map(
            label ->
                new Failure(
                    "LABEL_UNKNOWN",
                    "The model %s has no label %s; did you mean %s?"
                        .formatted(modelId, label, Nearest.to(label, labels))));
  }

  private float[] confidences(RunFilter filter, Thresholds thresholds) {
    float[] confidences = new float[labels.size()];
    for (int id = 0; id < confidences.length; id++) {
      String label = labels.get(id);
      boolean counts =
          filter.getLabels().isEmpty()
              ? !filter.getDropLabels().contains(label)
              : filter.getLabels().contains(label);
      confidences[id] =
          counts
              ? filter.getLabelConfidence().getOrDefault(label, thresholds.confidence())
              : Float.NaN;
    }
    return confidences;
  }

  private static PlaceFilter places(RunFilter filter) {
    List<Point> corners = filter.getRegion();
    return new PlaceFilter(
        filter.getMinWidth(),
        filter.getMinHeight(),
        corners.isEmpty()
            ? Optional.empty()
            : Optional.of(
                new Region(
                    corners.stream()
                        .map(point -> new Region.Corner(point.getX(), point.getY()))
                        .toList())));
  }
}
