package io.zoetrope.cli.app;

import io.zoetrope.cli.error.UserError;
import io.zoetrope.detector.family.ModelException;
import io.zoetrope.detector.onnx.Model;
import io.zoetrope.events.ModelAnnounced;
import io.zoetrope.samples.Samples;
import io.zoetrope.schemas.EventException;
import io.zoetrope.schemas.ModelChoice;
import io.zoetrope.schemas.ModelLabels;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * The models that this process detects with.
 *
 * @param models the default one first
 * @param workers of each of them
 */
record LoadedModels(List<Model> models, Map<Model, Integer> workers) {
  /**
   * Loads them, and measures how many workers they want where that is to be measured: it has to be
   * done before anything else is at work.
   *
   * @param bundledModel a file of the bundled model, asked for where no other is given
   * @throws ModelException for whatever is wrong with one
   * @throws EventException {@code LABEL_UNKNOWN} where the installation's filter names a label that
   *     none of them has
   */
  static LoadedModels load(
      DetectionSettings detection, Supplier<Path> bundledModel, OpenParts parts) {
    List<Model> models =
        detection.models().isEmpty()
            ? List.of(parts.add(Model.load(bundledModel.get(), detection.options())))
            : detection.models().stream()
                .distinct()
                .map(file -> parts.add(Model.load(file, detection.options(), detection.trials())))
                .toList();
    labels(models).requireOfAny(detection.filter());
    return new LoadedModels(
        models,
        models.stream().collect(Collectors.toMap(model -> model, detection.workers()::forModel)));
  }

  /**
   * Writes the bundled model below {@code folder}.
   *
   * @throws UserError {@code DATA_FOLDER_UNWRITABLE}
   */
  static Path copyBundled(Path folder) {
    try {
      return Samples.copyModel(folder.resolve("models"));
    } catch (IOException e) {
      throw new UserError(
          "DATA_FOLDER_UNWRITABLE",
          "the bundled model can't be written to " + folder + " (" + e + ")",
          e);
    }
  }

  List<String> ids() {
    return models.stream().map(Model::id).toList();
  }

  /** That runs can name these models, and no others. */
  ModelChoice choice() {
    return ModelChoice.of(ids(), labels(models));
  }

  /** What a detector of these models says to the others. */
  List<ModelAnnounced> announcements() {
    return models.stream()
        .map(model -> new ModelAnnounced(model.id(), model.labels(), model.family()))
        .toList();
  }

  /** What each of them runs on, by its id. */
  Map<String, String> devices() {
    Map<String, String> devices = new LinkedHashMap<>();
    models.forEach(model -> devices.put(model.id(), model.device().toString()));
    return devices;
  }

  /** Why some don't run on devices that were tried before those, in sentences. */
  List<String> devicesPassedOver() {
    return models.stream().flatMap(model -> model.passedOver().stream()).distinct().toList();
  }

  private static ModelLabels labels(List<Model> models) {
    return new ModelLabels(
        models.stream().collect(Collectors.toMap(Model::id, Model::labels, (one, same) -> one)));
  }
}
