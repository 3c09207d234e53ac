package io.zoetrope.topology.ledger;

import io.zoetrope.events.RunOptions;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which detections a run counts.
 *
 * @param labels those that count; none: every one but the dropped
 * @param dropLabels those that don't count
 * @param labelConfidence lowest confidence of a detection with this label, where it isn't the run's
 * @param minWidth of a box in pixels of the picture, likewise {@code minHeight}; 0 for any
 * @param region polygon in which the centre of a box has to lie; none for the whole picture
 */
public record RunFilter(
    List<String> labels,
    List<String> dropLabels,
    Map<String, Float> labelConfidence,
    float minWidth,
    float minHeight,
    List<Corner> region) {
  /** Every detection. */
  public static final RunFilter NONE =
      new RunFilter(List.of(), List.of(), Map.of(), 0, 0, List.of());

  /** A place in the picture, as fractions of its width and height from the top left. */
  public record Corner(float x, float y) {}

  public RunFilter {
    labels = List.copyOf(labels);
    dropLabels = List.copyOf(dropLabels);
    labelConfidence = Collections.unmodifiableMap(new TreeMap<>(labelConfidence));
    region = List.copyOf(region);
  }

  static RunFilter of(RunOptions options) {
    io.zoetrope.events.RunFilter filter = options.getFilter();
    return filter == null
        ? NONE
        : new RunFilter(
            filter.getLabels(),
            filter.getDropLabels(),
            filter.getLabelConfidence(),
            filter.getMinWidth(),
            filter.getMinHeight(),
            filter.getRegion().stream()
                .map(point -> new Corner(point.getX(), point.getY()))
                .toList());
  }
}
