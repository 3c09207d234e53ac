package io.zoetrope.schemas.models;

import io.zoetrope.schemas.EventException;
import io.zoetrope.schemas.ModelChoice;
import io.zoetrope.schemas.ModelLabels;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The models that were announced up to some moment.
 *
 * @param complete whether that is all that there was when somebody began to listen
 * @param preferred id or name of the model of runs that name none
 * @param labels of every announced model, by its id
 */
record AnnouncedModels(boolean complete, Optional<String> preferred, ModelLabels labels)
    implements ModelChoice {

  static AnnouncedModels none(Optional<String> preferred) {
    return new AnnouncedModels(false, preferred, ModelLabels.UNKNOWN);
  }

  AnnouncedModels with(Map<String, List<String>> labelsById) {
    return new AnnouncedModels(complete, preferred, new ModelLabels(labelsById));
  }

  AnnouncedModels completed() {
    return new AnnouncedModels(true, preferred, labels);
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
    List<String> ids = ids();
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
