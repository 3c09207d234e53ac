package io.zoetrope.cli.models;

import io.zoetrope.catalogue.Catalogue;
import io.zoetrope.catalogue.CatalogueEntry;
import io.zoetrope.catalogue.CatalogueException;
import io.zoetrope.catalogue.ModelPull;
import io.zoetrope.catalogue.ModelsFolder;
import io.zoetrope.catalogue.PulledModel;
import io.zoetrope.cli.config.Configuration;
import io.zoetrope.cli.config.Settings;
import io.zoetrope.cli.config.Settings.Pulling;
import io.zoetrope.cli.error.UserError;
import io.zoetrope.schemas.Nearest;
import java.io.File;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Models by file or by name, as the settings have them: the catalogue, the folder that they are
 * pulled into, and the way there. Used by one thread.
 */
public final class ModelShelf {
  private final Catalogue catalogue;
  private final ModelsFolder folder;
  private final Pulling pulling;
  private final long mostBytes;
  private final PrintWriter err;

  private ModelShelf(
      Catalogue catalogue, ModelsFolder folder, Pulling pulling, long mostBytes, PrintWriter err) {
    this.catalogue = catalogue;
    this.folder = folder;
    this.pulling = pulling;
    this.mostBytes = mostBytes;
    this.err = err;
  }

  /**
   * As configured.
   *
   * @param err where pulls are told of
   * @throws CatalogueException {@code CATALOGUE_INVALID}
   */
  public static ModelShelf of(Configuration configuration, PrintWriter err) {
    Catalogue bundled = Catalogue.bundled();
    return new ModelShelf(
        configuration.find(Settings.MODELS_CATALOGUE).map(bundled::extendedBy).orElse(bundled),
        ModelsFolder.at(
            configuration
                .find(Settings.MODELS_FOLDER)
                .orElseGet(
                    () ->
                        ModelsFolder.usual(
                            System.getenv(), Path.of(System.getProperty("user.home"))))),
        configuration.get(Settings.MODELS_PULL),
        configuration.get(Settings.LIMIT_MODEL).bytes(),
        err);
  }

  public Catalogue catalogue() {
    return catalogue;
  }

  public ModelsFolder folder() {
    return folder;
  }

  /** {@link #file} for each of them. */
  public List<Path> files(List<String> models) {
    return models.stream().map(this::file).toList();
  }

  /**
   * The file of a model: a file that is there by its path, else one of the catalogue by its name,
   * which is pulled where it isn't here yet.
   *
   * @throws UserError {@code MODEL_NOT_FOUND}
   * @throws CatalogueException {@code MODEL_NOT_PULLED}, and as {@link ModelPull#pull}
   */
  public Path file(String model) {
    Path path = Path.of(model);
    Optional<CatalogueEntry> entry = catalogue.find(model);
    if (Files.isRegularFile(path) || (entry.isEmpty() && Files.exists(path))) {
      return path;
    }
    CatalogueEntry found = entry.orElseThrow(() -> notFound(model));
    return folder.find(found).map(PulledModel::file).orElseGet(() -> pullMissing(found));
  }

  private Path pullMissing(CatalogueEntry entry) {
    if (pulling == Pulling.NEVER && folder.file(entry).isEmpty()) {
      throw new UserError(
          "MODEL_NOT_PULLED",
          "the model %s isn't in %s, and models.pull forbids to pull it; `zoetrope models pull %s` does all the same"
              .formatted(entry.name(), folder.path(), entry.name()));
    }
    return pull(entry, Optional.empty()).file();
  }

  /**
   * The entry of this name.
   *
   * @throws UserError {@code MODEL_NOT_FOUND}
   */
  public CatalogueEntry entry(String name) {
    return catalogue.find(name).orElseThrow(() -> notFound(name));
  }

  /**
   * Pulls a model, and says so.
   *
   * @param accepted the hash to expect instead of the one that is pinned
   */
  public PulledModel pull(CatalogueEntry entry, Optional<String> accepted) {
    PullDisplay display = new PullDisplay(err, folder.pinsFile());
    try {
      PulledModel pulled =
          new ModelPull(folder, System.getenv(), mostBytes, display).pull(entry, accepted);
      display.end(pulled);
      return pulled;
    } finally {
      display.close();
    }
  }

  private UserError notFound(String model) {
    if (model.contains(File.separator) || model.endsWith(".onnx")) {
      return new UserError(
          "MODEL_NOT_FOUND",
          "there is no model file %s; give the path of an ONNX file, or a name that `zoetrope models list` shows"
              .formatted(model));
    }
    List<String> names = catalogue.entries().stream().map(CatalogueEntry::name).toList();
    return new UserError(
        "MODEL_NOT_FOUND",
        "there is no file %s, and the catalogue has no model of that name; did you mean %s? `zoetrope models list` lists them all"
            .formatted(model, Nearest.to(model, names)));
  }
}
