package io.zoetrope.schemas.models;

import io.zoetrope.schemas.EventException;
import io.zoetrope.schemas.ModelChoice;
import io.zoetrope.schemas.ModelLabels;
import io.zoetrope.schemas.ModelNames;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The models that were announced up to some moment. Of several of one name, as there are once a
 * file was replaced, the name means the one that was announced last.
 *
 * @param complete whether that is all that there was when somebody began to listen
 * @param preferred id or name of the model of runs that name none
 * @param shadows ids or names of models that are never that model unless they are preferred
 * @param announced ids in the order in which they were last announced
 * @param labels of every announced model, by its id
 */
record AnnouncedModels(
    boolean complete,
    Optional<String> preferred,
    List<String> shadows,
    List<String> announced,
    ModelLabels labels)
    implements ModelChoice {

  static AnnouncedModels none(Optional<String> preferred, List<String> shadows) {
    return new AnnouncedModels(false, preferred, shadows, List.of(), ModelLabels.UNKNOWN);
  }

  /** With these in place of what was announced, in the order in which they were. */
  AnnouncedModels with(Map<String, List<String>> labelsById) {
    return new AnnouncedModels(
        complete,
        preferred,
        shadows,
        List.copyOf(labelsById.keySet()),
        new ModelLabels(labelsById));
  }

  AnnouncedModels completed() {
    return new AnnouncedModels(true, preferred, shadows, announced, labels);
  }

  @Override
  public List<String> ids() {
    return announced.stream().sorted().toList();
  }

  @Override
  public String idOf(String idOrName) {
    List<String> meant = ModelNames.meant(idOrName, announced);
    return meant.isEmpty() ? ModelChoice.super.idOf(idOrName) : last(meant);
  }

  @Override
  public Set<String> known(List<String> idsOrNames) {
    return idsOrNames.stream()
        .map(idOrName -> ModelNames.meant(idOrName, announced))
        .filter(meant -> !meant.isEmpty())
        .map(AnnouncedModels::last)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  @Override
  public String defaultId() {
    if (!complete) {
      throw new EventException(
          AWAITED, "the models that detectors have announced aren't all read yet; try again");
    }
    return preferred.map(this::idOf).orElseGet(this::onlyId);
  }

  private String onlyId() {
    List<String> candidates = new ArrayList<>(announced);
    shadows.forEach(shadow -> candidates.removeAll(ModelNames.meant(shadow, announced)));
    if (candidates.isEmpty()) {
      throw new EventException(
          AWAITED, "no detector has announced a model yet; start one with `zoetrope detector`");
    }
    if (candidates.stream().map(ModelNames::nameIn).distinct().count() > 1) {
      throw new EventException(
          UNDECIDED,
          "there are several models and none is the default: %s; name one, choose the default with --model, or take those back that are no more with `zoetrope models forget`"
              .formatted(candidates.stream().sorted().collect(Collectors.joining(", "))));
    }
    return last(candidates);
  }

  private static String last(List<String> ids) {
    return ids.get(ids.size() - 1);
  }
}
