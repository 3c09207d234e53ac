package io.zoetrope.cli.app;

import io.zoetrope.cli.config.Configuration;
import io.zoetrope.cli.config.Settings;
import io.zoetrope.cli.data.PrivateFolder;
import io.zoetrope.cli.error.UserError;
import io.zoetrope.detector.onnx.ModelLimits;
import io.zoetrope.detector.onnx.ModelTrials;

/** The settings {@code models.limits.*}. */
public final class ModelTrialSettings {
  private static final String NOTES = "tried-models";

  private ModelTrialSettings() {}

  /**
   * As configured; which models came through is noted in the user's cache folder.
   *
   * @throws UserError {@code CONFIG_INVALID} for a limit that nothing can keep
   */
  public static ModelTrials of(Configuration configuration) {
    try {
      return new ModelTrials(
          PrivateFolder.cacheFolder().resolve(NOTES),
          new ModelLimits(
              configuration.get(Settings.LIMIT_MODEL).bytes(),
              configuration.get(Settings.LIMIT_MODEL_MEMORY).bytes(),
              configuration.get(Settings.LIMIT_MODEL_TIME)));
    } catch (IllegalArgumentException e) {
      throw new UserError(
          "CONFIG_INVALID",
          "the sizes and times of models.limits have to be more than 0; `zoetrope config` lists them",
          e);
    }
  }
}
