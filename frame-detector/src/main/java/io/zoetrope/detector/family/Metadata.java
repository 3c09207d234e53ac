package io.zoetrope.detector.family;

import io.zoetrope.detector.family.ModelException.Code;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the exporters of the families write into a model file: that of the package ultralytics
 * {@code task}, {@code description}, {@code names}, {@code stride}, {@code end2end} and its {@code
 * args}, that of the repository yolov5 only {@code stride} and {@code names}, the others nothing.
 */
final class Metadata {
  private static final Pattern NAME =
      Pattern.compile("Ultralytics (.*?) model\\b.*", Pattern.DOTALL);
  private static final Pattern NMS = Pattern.compile("['\"]nms['\"]\\s*:\\s*true");

  private final Map<String, String> properties;
  private final Optional<List<String>> names;

  private Metadata(Map<String, String> properties, Optional<List<String>> names) {
    this.properties = properties;
    this.names = names;
  }

  /**
   * The metadata of a model.
   *
   * @throws ModelException {@code MODEL_INVALID} where the names of its classes can't be read
   */
  static Metadata of(ModelSignature signature) {
    String names = signature.metadata().getOrDefault("names", "");
    try {
      return new Metadata(
          signature.metadata(),
          names.isBlank() ? Optional.empty() : Optional.of(ClassNames.parse(names)));
    } catch (IllegalArgumentException e) {
      throw new ModelException(
          Code.MODEL_INVALID,
          "The class names in the metadata of the model %s can't be read (%s); export the model again."
              .formatted(signature.file(), e.getMessage()),
          e);
    }
  }

  /** Of the classes, by class id. */
  Optional<List<String>> names() {
    return names;
  }

  Optional<String> task() {
    return Optional.ofNullable(properties.get("task"));
  }

  /** Whether the package ultralytics wrote the file, which has v8 and all that came after. */
  boolean isUltralytics() {
    return task().isPresent() || NAME.matcher(properties.getOrDefault("description", "")).matches();
  }

  /** Whether the repository yolov5 wrote the file. */
  boolean isYoloV5() {
    return !isUltralytics() && properties.containsKey("stride") && names.isPresent();
  }

  /** Whether the export did the suppression, or the model needs none. */
  boolean hasSuppressionInside() {
    return properties.getOrDefault("end2end", "").equalsIgnoreCase("true")
        || NMS.matcher(properties.getOrDefault("args", "").toLowerCase(Locale.ROOT)).find();
  }

  boolean namesRtDetr() {
    String name = name();
    return name.contains("rtdetr") || name.contains("rt-detr");
  }

  boolean namesYolo() {
    return name().contains("yolo") && !namesRtDetr();
  }

  /** What the description calls the model: "yolov8n", "rtdetr-l". */
  private String name() {
    Matcher description = NAME.matcher(properties.getOrDefault("description", ""));
    return description.matches() ? description.group(1).toLowerCase(Locale.ROOT) : "";
  }
}
