package io.zoetrope.schemas;

import io.zoetrope.events.RunFilter;
import io.zoetrope.events.WantedFilter;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * From the filter that is wished to the one that is meant, in a form in which equal filters are
 * equal: labels are sorted, what has no effect is left out, and so is a filter that keeps
 * everything.
 */
final class RunFilters {
  /** A wish for nothing in particular. */
  static final WantedFilter UNSAID = new WantedFilter(null, null, null, null, null, null);

  private static final int MOST_LABELS = 500;
  private static final int LONGEST_LABEL = 100;

  private RunFilters() {}

  /** The fields of {@code wanted}, and those of {@code otherwise} where they are null. */
  static WantedFilter merge(WantedFilter wanted, WantedFilter otherwise) {
    return new WantedFilter(
        or(wanted.getLabels(), otherwise.getLabels()),
        or(wanted.getDropLabels(), otherwise.getDropLabels()),
        or(wanted.getLabelConfidence(), otherwise.getLabelConfidence()),
        or(wanted.getMinWidth(), otherwise.getMinWidth()),
        or(wanted.getMinHeight(), otherwise.getMinHeight()),
        or(wanted.getRegion(), otherwise.getRegion()));
  }

  /**
   * What {@code wanted} means.
   *
   * @param confidence of the labels that have none of their own
   * @return null where every detection counts
   * @throws EventException {@code OPTION_INVALID}
   */
  static RunFilter resolve(WantedFilter wanted, float confidence) {
    SortedSet<String> labels = labels("labels", wanted.getLabels());
    SortedSet<String> dropped = labels("dropLabels", wanted.getDropLabels());
    if (!labels.isEmpty()) {
      labels.removeAll(dropped);
      dropped.clear();
      if (labels.isEmpty()) {
        throw invalid("labels and dropLabels leave no label; leave one of them out");
      }
    }
    SortedMap<String, Float> confidences = confidences(wanted.getLabelConfidence());
    confidences.values().removeIf(value -> value == confidence);
    confidences.keySet().removeAll(dropped);
    if (!labels.isEmpty()) {
      confidences.keySet().retainAll(labels);
    }
    RunFilter filter =
        new RunFilter(
            List.copyOf(labels),
            List.copyOf(dropped),
            confidences,
            pixels("minWidth", wanted.getMinWidth()),
            pixels("minHeight", wanted.getMinHeight()),
            Regions.canonical(or(wanted.getRegion(), List.of())));
    return filter.equals(new RunFilter(List.of(), List.of(), Map.of(), 0f, 0f, List.of()))
        ? null
        : filter;
  }

  /** The wish that means {@code filter} whatever the defaults are. */
  static WantedFilter explicit(RunFilter filter) {
    return filter == null
        ? new WantedFilter(List.of(), List.of(), Map.of(), 0f, 0f, List.of())
        : new WantedFilter(
            filter.getLabels(),
            filter.getDropLabels(),
            filter.getLabelConfidence(),
            filter.getMinWidth(),
            filter.getMinHeight(),
            filter.getRegion());
  }

  /**
   * Labels in order, each once; none for null.
   *
   * @param name of what they are, for people
   * @throws EventException {@code OPTION_INVALID} where there are too many, or one is none
   */
  static SortedSet<String> labels(String name, Collection<String> wanted) {
    Collection<String> labels = or(wanted, List.of());
    if (labels.size() > MOST_LABELS) {
      throw invalid(
          "%s has %d labels; %d are the most".formatted(name, labels.size(), MOST_LABELS));
    }
    for (String label : labels) {
      if (label.isBlank()
          || label.length() > LONGEST_LABEL
          || label.chars().anyMatch(Character::isISOControl)) {
        throw invalid(
            "%s has a label that is empty, longer than %d characters, or has control characters"
                .formatted(name, LONGEST_LABEL));
      }
    }
    return new TreeSet<>(labels);
  }

  private static SortedMap<String, Float> confidences(Map<String, Float> wanted) {
    Map<String, Float> confidences = or(wanted, Map.of());
    labels("labelConfidence", confidences.keySet());
    confidences.forEach(
        (label, confidence) -> {
          if (!(confidence >= 0 && confidence <= 1)) {
            throw invalid(
                "labelConfidence of %s must lie within 0 and 1, but is %s"
                    .formatted(label, confidence));
          }
        });
    return new TreeMap<>(confidences);
  }

  private static float pixels(String name, Float wanted) {
    float pixels = or(wanted, 0f);
    if (!(pixels >= 0 && Float.isFinite(pixels))) {
      throw invalid("%s must be a number of pixels from 0, but is %s".formatted(name, pixels));
    }
    // There is a negative zero, which is another number in an id.
    return pixels == 0 ? 0 : pixels;
  }

  private static <T> T or(T wanted, T otherwise) {
    return wanted == null ? otherwise : wanted;
  }

  private static EventException invalid(String sentence) {
    return new EventException("OPTION_INVALID", sentence);
  }
}
