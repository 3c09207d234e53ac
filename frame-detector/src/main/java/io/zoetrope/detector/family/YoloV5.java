package io.zoetrope.detector.family;

import io.zoetrope.detector.boxes.Suppression;
import io.zoetrope.media.InputFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Ultralytics' v5, and v7 where it has several classes: {@code [b, n, 5+classes]}, three rows for
 * each cell with the centre and size of a box in pixels of the input, its objectness and one score
 * per class. Pictures are RGB 0..1, centred.
 */
final class YoloV5 implements ModelFamily {
  static final int BOX_COLUMNS = 5;
  private static final int ANCHORS = 3;

  @Override
  public String name() {
    return "yolov5";
  }

  @Override
  public String shape() {
    return "[b, 3 x cells, 5+classes]";
  }

  @Override
  public boolean fits(ModelSignature signature) {
    return signature.columns() > BOX_COLUMNS && signature.rows() > 0;
  }

  @Override
  public OptionalInt classes(ModelSignature signature) {
    return OptionalInt.of(signature.columns() - BOX_COLUMNS);
  }

  @Override
  public Optional<Evidence> evidence(ModelSignature signature, Metadata metadata) {
    if (metadata.isYoloV5()) {
      return Optional.of(Evidence.METADATA);
    }
    return hasThreeAnchors(signature) && !metadata.isUltralytics()
        ? Optional.of(Evidence.CELLS)
        : Optional.empty();
  }

  static boolean hasThreeAnchors(ModelSignature signature) {
    return signature.rows() % ANCHORS == 0
        && StrideGrid.matches(signature, signature.rows() / ANCHORS);
  }

  @Override
  public DetectorLayout layout(ModelSignature signature, List<String> labels) {
    return layout(name(), signature, labels, false);
  }

  static DetectorLayout layout(
      String name, ModelSignature signature, List<String> labels, boolean objectnessIsScore) {
    int classes = signature.columns() - BOX_COLUMNS;
    return new DetectorLayout(
        name,
        InputFormat.ultralytics(signature.inputWidth(), signature.inputHeight()),
        labels,
        Suppression.WITHIN_CLASS_OF_THE_BEST,
        () -> new YoloV5Decoder(signature.rows(), classes, objectnessIsScore));
  }
}
