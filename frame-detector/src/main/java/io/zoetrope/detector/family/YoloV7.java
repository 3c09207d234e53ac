package io.zoetrope.detector.family;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The repository yolov7, laid out as {@link YoloV5} is. Of one class alone its {@code
 * non_max_suppression} takes the objectness for the score (its first versions multiplied there,
 * too), so that only there it matters which of the two a model is. Its exports carry no metadata.
 */
final class YoloV7 implements ModelFamily {
  private final YoloV5 alike = new YoloV5();

  @Override
  public String name() {
    return "yolov7";
  }

  @Override
  public String shape() {
    return alike.shape();
  }

  @Override
  public boolean fits(ModelSignature signature) {
    return alike.fits(signature);
  }

  @Override
  public OptionalInt classes(ModelSignature signature) {
    return alike.classes(signature);
  }

  @Override
  public Optional<Evidence> evidence(ModelSignature signature, Metadata metadata) {
    return classes(signature).orElseThrow() == 1 && !metadata.isYoloV5()
        ? alike.evidence(signature, metadata)
        : Optional.empty();
  }

  @Override
  public DetectorLayout layout(ModelSignature signature, List<String> labels) {
    return YoloV5.layout(name(), signature, labels, classes(signature).orElseThrow() == 1);
  }
}
