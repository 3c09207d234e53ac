package io.zoetrope.schemas;

import java.util.List;

/**
 * Models that are known from the start.
 *
 * @param ids the default one first
 */
record FixedModels(List<String> ids, ModelLabels labels) implements ModelChoice {
  @Override
  public String defaultId() {
    return ids.get(0);
  }
}
