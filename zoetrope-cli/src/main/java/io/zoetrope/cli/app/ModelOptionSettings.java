package io.zoetrope.cli.app;

import io.zoetrope.cli.config.Configuration;
import io.zoetrope.cli.config.Settings;
import io.zoetrope.cli.error.UserError;
import io.zoetrope.detector.family.ClassNamesFile;
import io.zoetrope.detector.family.InputOverride;
import io.zoetrope.detector.family.ModelException;
import io.zoetrope.detector.onnx.ModelOptions;
import java.util.List;

/** The settings {@code model.*}: what the user says about the one model that is given. */
public final class ModelOptionSettings {
  private ModelOptionSettings() {}

  /**
   * As configured.
   *
   * @throws UserError {@code CONFIG_INVALID} where there isn't exactly one model, {@code
   *     MODEL_OPTION_INVALID} where the names can't be read
   */
  public static ModelOptions of(Configuration configuration) {
    ModelOptions options = read(configuration);
    boolean ofOneModel = configuration.find(Settings.MODELS).orElse(List.of()).size() == 1;
    if (!options.equals(ModelOptions.DEFAULT) && !ofOneModel) {
      throw new UserError(
          "CONFIG_INVALID",
          "--model-family, --model-names and --model-input are about one model; give it with --model, or leave them out");
    }
    return options;
  }

  /**
   * As configured, about whatever model.
   *
   * @throws UserError {@code MODEL_OPTION_INVALID} where the names can't be read
   */
  public static ModelOptions read(Configuration configuration) {
    try {
      return new ModelOptions(
          configuration.find(Settings.MODEL_FAMILY),
          configuration.find(Settings.MODEL_NAMES).map(ClassNamesFile::read),
          configuration.find(Settings.MODEL_INPUT).orElse(InputOverride.NONE));
    } catch (ModelException e) {
      throw new UserError(e.code().name(), e.getMessage(), e);
    }
  }
}
