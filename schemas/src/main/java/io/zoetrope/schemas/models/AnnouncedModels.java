package io.zoetrope.schemas.models;

import io.zoetrope.schemas.EventException;
import io.zoetrope.schemas.ModelChoice;
import io.zoetrope.schemas.ModelLabels;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The models that were announced up to some moment.
 *
 * @param complete whether that is all that there was when somebody began to listen
 * @param preferred id or name of the model of runs that name none
 * @param shadows ids or names of models that are never that model unless they are preferred
 * @param labels of every announced model, by its id
 */
record AnnouncedModels(
    boolean complete, Optional<String> preferred, List<String> shadows, ModelLabels labels)
    implements ModelChoice {

  static AnnouncedModels none(Optional<String> preferred, List<String> shadows) {
    return new AnnouncedModels(false, preferred, shadows, ModelLabels.UNKNOWN);
  }

  AnnouncedModels with(Map<String, List<String>> labelsById) {
    return new AnnouncedModels(complete, preferred, shadows, new ModelLabels(labelsById));
  }

  AnnouncedModels completed() {
    return new AnnouncedModels(true, preferred, shadows, labels);
  }

  @Override
  public List<String> ids() {
    return labels.byModel().keySet().stream().sorted().toList();
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
    Set<String> passedOver = known(shadows);
    List<String> ids = ids().stream().filter(id -> !passedOver.contains(id)).toList();
    if (ids.isEmpty()) {
      throw new EventException(
          AWAITED, "no detector has announced a model yet; start one with `zoetrope detector`");
    }
    if (ids.size() > 1) {
      throw new EventException(
          UNDECIDED,
          "there are several models and none is the default: %s; name one, or choose the default with --model"
              .formatted(String.join(", ", ids)));
    }
    return ids.get(0);
  }
}
