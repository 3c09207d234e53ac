package io.zoetrope.detector.family;

import io.zoetrope.detector.family.ModelException.Code;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/**
 * Finds the family of a model. What the user says counts first; then the metadata; then the exact
 * number of cells; then the mere shape. The graph can only exclude. Of two families with the same
 * evidence none is chosen. Any thread.
 */
public final class Recognition {
  private static final String DETECTION = "detect";
  private static final int NAMES_OF_COCO = 80;

  private final ModelSignature signature;
  private final Metadata metadata;

  private Recognition(ModelSignature signature) {
    this.signature = signature;
    this.metadata = Metadata.of(signature);
  }

  /**
   * How to use a model.
   *
   * @param family its name, where the user gives it
   * @param labels its classes, by class id, where the user gives them
   * @throws ModelException {@code MODEL_UNSUPPORTED} where it is of no family or not for detection,
   *     {@code MODEL_FAMILY_AMBIGUOUS} where it could be of several, {@code MODEL_OPTION_INVALID}
   *     where what the user gives doesn't fit it, {@code MODEL_INVALID} where its metadata can't be
   *     read
   */
  public static DetectorLayout of(
      ModelSignature signature, Optional<String> family, Optional<List<String>> labels) {
    Recognition recognition = new Recognition(signature);
    recognition.refuseOtherTasks();
    ModelFamily found =
        family.isPresent() ? recognition.named(family.get()) : recognition.mostEvident();
    return found.layout(signature, recognition.labels(found, labels));
  }

  /**
   * By what the family of a model is told, as the end of a sentence.
   *
   * @param family its name
   * @param told whether the user gives it
   */
  public static String reason(ModelSignature signature, String family, boolean told) {
    if (told) {
      return "as you say";
    }
    return ModelFamily.ALL.stream()
        .filter(known -> known.name().equals(family))
        .flatMap(known -> known.evidence(signature, Metadata.of(signature)).stream())
        .map(Evidence::words)
        .findFirst()
        .orElseThrow();
  }

  /** The names of all families, as {@code --model-family} has them. */
  public static List<String> familyNames() {
    return ModelFamily.ALL.stream().map(ModelFamily::name).toList();
  }

  private void refuseOtherTasks() {
    metadata
        .task()
        .filter(task -> !task.equals(DETECTION))
        .ifPresent(
            task -> {
              throw unsupported(
                  "The model %s was made for the task %s; use one for the task detect."
                      .formatted(signature.file(), task));
            });
    List<List<Integer>> shapes = signature.outputShapes();
    if (shapes.size() > 1 && shapes.stream().anyMatch(shape -> shape.size() == 4)) {
      throw unsupported(
          "The model %s has the outputs %s, boxes with the prototypes of masks: it was made for the task segment; use one for the task detect."
              .formatted(signature.file(), shapes));
    }
    if (shapes.size() == 1 && shapes.get(0).size() == 2) {
      throw unsupported(
          "The model %s has the output %s, one row of scores for each picture: it was made for the task classify; use one for the task detect."
              .formatted(signature.file(), shapes));
    }
  }

  private ModelFamily named(String name) {
    ModelFamily family =
        ModelFamily.ALL.stream()
            .filter(known -> known.name().equals(name))
            .findFirst()
            .orElseThrow(
                () ->
                    invalidOption(
                        "There is no model family %s; give one of %s."
                            .formatted(name, String.join(", ", familyNames()))));
    if (signature.table().isEmpty() || !family.fits(signature)) {
      throw invalidOption(
          "The model %s has the output %s for a %dx%d input, which can't be of the family %s: that has %s. Leave --model-family out, or give another."
              .formatted(
                  signature.file(),
                  signature.outputShapes(),
                  signature.inputWidth(),
                  signature.inputHeight(),
                  name,
                  family.shape()));
    }
    return family;
  }

  private ModelFamily mostEvident() {
    Map<Evidence, List<ModelFamily>> evident = new EnumMap<>(Evidence.class);
    if (signature.table().isPresent()) {
      evident.putAll(
          ModelFamily.ALL.stream()
              .filter(this::isPossible)
              .collect(
                  Collectors.groupingBy(
                      family -> family.evidence(signature, metadata).orElseThrow())));
    }
    if (evident.isEmpty()) {
      throw unknown();
    }
    List<ModelFamily> strongest = evident.values().iterator().next();
    if (strongest.size() > 1) {
      throw new ModelException(
          Code.MODEL_FAMILY_AMBIGUOUS,
          "The model %s has the output %s for a %dx%d input and could be of the families %s; say which with --model-family."
              .formatted(
                  signature.file(),
                  signature.outputShapes(),
                  signature.inputWidth(),
                  signature.inputHeight(),
                  strongest.stream().map(ModelFamily::name).collect(Collectors.joining(", "))));
    }
    return strongest.get(0);
  }

  private boolean isPossible(ModelFamily family) {
    return family.fits(signature)
        && family.evidence(signature, metadata).isPresent()
        && haveAsMany(metadata.names(), family.classes(signature));
  }

  private static boolean haveAsMany(Optional<List<String>> names, OptionalInt classes) {
    return names.isEmpty() || classes.isEmpty() || names.get().size() == classes.getAsInt();
  }

  private List<String> labels(ModelFamily family, Optional<List<String>> given) {
    OptionalInt classes = family.classes(signature);
    if (!haveAsMany(given, classes) || !haveAsMany(metadata.names(), classes)) {
      throw invalidOption(
          "The model %s has %d classes as one of the family %s, but %s %d names; give as many."
              .formatted(
                  signature.file(),
                  classes.orElseThrow(),
                  family.name(),
                  haveAsMany(given, classes) ? "its metadata has" : "there are",
                  given.or(metadata::names).orElseThrow().size()));
    }
    return given
        .or(metadata::names)
        .orElseGet(() -> ClassNames.unnamed(classes.orElse(NAMES_OF_COCO)));
  }

  private ModelException unknown() {
    String names =
        metadata.names().map(list -> " and %d class names".formatted(list.size())).orElse("");
    String layouts =
        ModelFamily.ALL.stream()
            .map(family -> family.name() + " " + family.shape())
            .collect(Collectors.joining(", "));
    return unsupported(
        "The model %s has the output %s for a %dx%d input%s, which is no detector that is known: %s. Where it is one of these all the same, say so with --model-family."
            .formatted(
                signature.file(),
                signature.outputShapes(),
                signature.inputWidth(),
                signature.inputHeight(),
                names,
                layouts));
  }

  private static ModelException unsupported(String message) {
    return new ModelException(Code.MODEL_UNSUPPORTED, message);
  }

  private static ModelException invalidOption(String message) {
    return new ModelException(Code.MODEL_OPTION_INVALID, message);
  }
}
