package io.zoetrope.cli.models;

import io.zoetrope.cli.error.UserError;
import io.zoetrope.schemas.ModelNames;
import java.util.List;

/** How a model that a service runs is named to it. */
public final class ServedModels {
  private ServedModels() {}

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
