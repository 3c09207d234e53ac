package io.zoetrope.cli.models;

import io.zoetrope.cli.error.UserError;
import io.zoetrope.detector.onnx.Model;
import io.zoetrope.detector.onnx.ModelOptions;
import io.zoetrope.schemas.ModelNames;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;

/** How a model that a service runs is named to it. */
public final class ServedModels {
  private ServedModels() {}

  /**
   * The id of the model that {@code model} means, which is a file, an id that is served, or the
   * name in exactly one of them.
   *
   * @param options of a model that is given by its file
   * @param served asks the service for the ids of its models
   * @throws UserError {@code MODEL_UNKNOWN}; {@code CONFIG_INVALID} for options beside an id
   */
  public static String idOf(String model, ModelOptions options, Supplier<List<String>> served) {
    Path file = Path.of(model);
    if (Files.isRegularFile(file)) {
      return Model.idOf(file, options);
    }
    if (!options.equals(ModelOptions.DEFAULT)) {
      throw new UserError(
          "CONFIG_INVALID",
          "--model-family, --model-names and --model-input are part of the id of "
              + model
              + " already; leave them out, or give the model's file");
    }
    return idOf(model, served.get());
  }

  /**
   * The id of the model that {@code name} means: an id that is served, or the name in exactly one
   * of them.
   *
   * @throws UserError {@code MODEL_UNKNOWN} where there is none or more than one
   */
  public static String idOf(String name, List<String> served) {
    List<String> named = ModelNames.meant(name, served);
    if (named.size() == 1) {
      return named.get(0);
    }
    throw new UserError(
        "MODEL_UNKNOWN",
        named.isEmpty()
            ? "there is no file %s, and the service serves no model of that name or id; it serves %s"
                .formatted(name, String.join(", ", served))
            : "the service serves several models of the name %s; choose one of %s by its id"
                .formatted(name, String.join(", ", named)));
  }
}
