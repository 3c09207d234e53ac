package io.zoetrope.gateway;

import io.zoetrope.events.Point;
import io.zoetrope.events.WantedFilter;
import io.zoetrope.events.WantedRun;
import io.zoetrope.schemas.FilterText;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A run that a client wants: the body of a request, or its query. Null stands for the
 * installation's default, an empty list for no restriction.
 *
 * @param region corners, each of them x and y
 */
record Wish(
    String modelId,
    Float confidence,
    Float iou,
    Integer stream,
    Double maxFps,
    Boolean keyframesOnly,
    List<String> labels,
    List<String> dropLabels,
    Map<String, Float> labelConfidence,
    Float minWidth,
    Float minHeight,
    List<List<Float>> region) {
  /** The names of all components, as a query spells them. */
  static final List<String> PARAMETERS =
      List.of(
          "modelId",
          "confidence",
          "iou",
          "stream",
          "maxFps",
          "keyframesOnly",
          "labels",
          "dropLabels",
          "labelConfidence",
          "minWidth",
          "minHeight",
          "region");

  Wish {
    requireNoNull("labels", labels);
    requireNoNull("dropLabels", dropLabels);
    requireNoNull("labelConfidence", labelConfidence == null ? null : labelConfidence.values());
    requireNoNull("region", region);
    if (region != null) {
      region.forEach(corner -> requireNoNull("region", corner));
      if (region.stream().anyMatch(corner -> corner.size() != 2)) {
        throw new IllegalArgumentException("a corner of region is made of two numbers");
      }
    }
  }

  static Wish of(Parameters query) {
    return new Wish(
        query.text("modelId"),
        query.fraction("confidence"),
        query.fraction("iou"),
        query.index("stream"),
        query.number("maxFps"),
        query.flag("keyframesOnly"),
        query.parsed("labels", FilterText::labels),
        query.parsed("dropLabels", FilterText::labels),
        query.parsed("labelConfidence", FilterText::confidences),
        query.parsed("minWidth", Float::valueOf),
        query.parsed("minHeight", Float::valueOf),
        query.parsed("region", Wish::corners));
  }

  /** In the words of the events. */
  WantedRun wanted() {
    return new WantedRun(
        modelId,
        confidence,
        iou,
        stream,
        maxFps,
        Boolean.TRUE.equals(keyframesOnly),
        new WantedFilter(labels, dropLabels, labelConfidence, minWidth, minHeight, points()),
        null);
  }

  private List<Point> points() {
    return region == null
        ? null
        : region.stream().map(corner -> new Point(corner.get(0), corner.get(1))).toList();
  }

  private static List<List<Float>> corners(String text) {
    return FilterText.region(text).stream()
        .map(point -> List.of(point.getX(), point.getY()))
        .toList();
  }

  private static void requireNoNull(String name, Collection<?> values) {
    if (values != null && values.stream().anyMatch(Objects::isNull)) {
      throw new IllegalArgumentException(name + " has a null in it");
    }
  }
}
