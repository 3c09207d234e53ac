package io.zoetrope.schemas;

import io.zoetrope.events.WantedFilter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The labels of the models that an installation serves in this process. Where a model isn't among
 * them, its detector is the one to find out what it doesn't know.
 *
 * @param byModel the labels by model id, spelled as the model has them
 */
public record ModelLabels(Map<String, List<String>> byModel) {
  /** Of no model. */
  public static final ModelLabels UNKNOWN = new ModelLabels(Map.of());

  public ModelLabels {
    byModel = Map.copyOf(byModel);
  }

  /**
   * Nothing, where every label in a producer's filter is one of the model's, or these aren't known.
   *
   * @throws EventException {@code LABEL_UNKNOWN}, with the nearest one there is
   */
  void require(String model, WantedFilter wanted) {
    require(model, labels(wanted));
  }

  /** As the other, of any labels. */
  void require(String model, List<String> wanted) {
    List<String> known = byModel.get(model);
    if (known != null) {
      for (String label : wanted) {
        if (!known.contains(label)) {
          throw unknown("the model " + model + " has no label " + label, label, known);
        }
      }
    }
  }

  /**
   * Nothing, where every label in an installation's filter is one of some model's.
   *
   * @throws EventException {@code LABEL_UNKNOWN}
   */
  public void requireOfAny(WantedFilter filter) {
    List<String> known = byModel.values().stream().flatMap(List::stream).distinct().toList();
    for (String label : labels(filter)) {
      if (!known.contains(label)) {
        String models = String.join(", ", byModel.keySet().stream().sorted().toList());
        throw unknown("there is no label " + label + " in " + models, label, known);
      }
    }
  }

  /**
   * What an installation's filter is for one model of several, each with labels of its own.
   *
   * @throws EventException {@code LABEL_UNKNOWN} where it would leave the model no label
   */
  WantedFilter known(String model, WantedFilter filter) {
    List<String> known = byModel.get(model);
    if (known == null) {
      return filter;
    }
    List<String> kept = retain(filter.getLabels(), known);
    if (kept != null && kept.isEmpty() && !filter.getLabels().isEmpty()) {
      throw new EventException(
          "LABEL_UNKNOWN",
          "the model %s has none of the labels that are kept here, %s; ask for some that it has"
              .formatted(model, String.join(", ", filter.getLabels())));
    }
    Map<String, Float> confidences = filter.getLabelConfidence();
    if (confidences != null) {
      confidences = new TreeMap<>(confidences);
      confidences.keySet().retainAll(known);
    }
    return WantedFilter.newBuilder(filter)
        .setLabels(kept)
        .setDropLabels(retain(filter.getDropLabels(), known))
        .setLabelConfidence(confidences)
        .build();
  }

  private static List<String> retain(List<String> labels, List<String> known) {
    return labels == null ? null : labels.stream().filter(known::contains).toList();
  }

  private static List<String> labels(WantedFilter filter) {
    List<String> labels = new ArrayList<>();
    Stream.of(filter.getLabels(), filter.getDropLabels())
        .filter(list -> list != null)
        .forEach(labels::addAll);
    if (filter.getLabelConfidence() != null) {
      labels.addAll(new TreeMap<>(filter.getLabelConfidence()).keySet());
    }
    return labels;
  }

  private static EventException unknown(String sentence, String label, List<String> known) {
    return new EventException(
        "LABEL_UNKNOWN",
        known.isEmpty() ? sentence : sentence + "; did you mean " + Nearest.to(label, known) + "?");
  }
}
