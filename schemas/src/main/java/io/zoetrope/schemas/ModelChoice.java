package io.zoetrope.schemas;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The models that runs can name, and the one of those runs that name none. What it answers may
 * change from one call to the next, as detectors come. Any thread.
 */
public interface ModelChoice {
  /** No detector has said yet that it runs the model that is meant; a moment later one may have. */
  String AWAITED = "MODEL_AWAITED";

  /** Several models could be meant. */
  String UNDECIDED = "MODEL_UNDECIDED";

  /** Every model that is known, by id. */
  List<String> ids();

  /**
   * The model of a run that names none.
   *
   * @throws EventException {@link #AWAITED}, {@link #UNDECIDED}
   */
  String defaultId();

  /**
   * The id that is meant by an id, or by the name in it. What has the form of an id is one, known
   * or not.
   *
   * @throws EventException {@link #AWAITED} where no known model has the name, {@link #UNDECIDED}
   *     where several have it
   */
  default String idOf(String idOrName) {
    List<String> meant = ModelNames.meant(idOrName, ids());
    if (meant.size() > 1) {
      throw new EventException(
          UNDECIDED,
          "there are several models of the name %s: %s; choose one by its id"
              .formatted(idOrName, String.join(", ", meant)));
    }
    if (meant.isEmpty() && !ModelNames.isId(idOrName)) {
      throw new EventException(
          AWAITED,
          "no detector has announced a model of the name %s yet; start one, or choose another model"
              .formatted(idOrName));
    }
    return meant.isEmpty() ? idOrName : meant.get(0);
  }

  /** The ids of the models that are meant by ids or names, as far as they are known. */
  default Set<String> known(List<String> idsOrNames) {
    List<String> ids = ids();
    return idsOrNames.stream()
        .flatMap(idOrName -> ModelNames.meant(idOrName, ids).stream())
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  /** What is known of their labels. */
  ModelLabels labels();

  /**
   * Models that stay the same.
   *
   * @param ids the default one first
   */
  static ModelChoice of(List<String> ids, ModelLabels labels) {
    return new FixedModels(List.copyOf(ids), labels);
  }
}
