package io.zoetrope.detector.family;

import io.zoetrope.detector.boxes.Suppression;
import io.zoetrope.media.InputFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Ultralytics v8, v9, 11, 12 and relatives without NMS inside: {@code [b, 4+classes, n]}, a column
 * for each box with its centre, size and one score per class, in pixels of the input. Pictures are
 * RGB 0..1, centred.
 */
final class UltralyticsV8 implements ModelFamily {
  private static final int BOX_ROWS = 4;

  @Override
  public String name() {
    return "ultralytics-v8";
  }

  @Override
  public String shape() {
    return "[b, 4+classes, n]";
  }

  @Override
  public boolean fits(ModelSignature signature) {
    return signature.rows() > BOX_ROWS && signature.columns() > 0;
  }

  @Override
  public OptionalInt classes(ModelSignature signature) {
    return OptionalInt.of(signature.rows() - BOX_ROWS);
  }

  @Override
  public Optional<Evidence> evidence(ModelSignature signature, Metadata metadata) {
    if (metadata.hasSuppressionInside() || metadata.namesRtDetr()) {
      return Optional.empty();
    }
    if (metadata.isUltralytics() && metadata.names().isPresent()) {
      return Optional.of(Evidence.METADATA);
    }
    if (StrideGrid.matches(signature, signature.columns())) {
      return Optional.of(Evidence.CELLS);
    }
    return metadata.names().map(names -> Evidence.SHAPE);
  }

  @Override
  public DetectorLayout layout(ModelSignature signature, List<String> labels) {
    int classes = classes(signature).orElseThrow();
    return new DetectorLayout(
        name(),
        InputFormat.ultralytics(signature.inputWidth(), signature.inputHeight()),
        labels,
        Suppression.WITHIN_CLASS_OF_THE_BEST,
        () -> new UltralyticsV8Decoder(classes, signature.columns()));
  }
}
