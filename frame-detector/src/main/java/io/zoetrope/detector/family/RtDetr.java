package io.zoetrope.detector.family;

import io.zoetrope.detector.boxes.Suppression;
import io.zoetrope.media.InputFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * RT-DETR as Ultralytics exports it: {@code [b, q, 4+classes]}, a row for each query with the
 * centre and size of its box in fractions of the input and one score per class. Pictures are RGB
 * 0..1, stretched.
 */
final class RtDetr implements ModelFamily {
  private static final int BOX_COLUMNS = 4;
  private static final int MOST_QUERIES = 1000;

  @Override
  public String name() {
    return "rt-detr";
  }

  @Override
  public String shape() {
    return "[b, q, 4+classes]";
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
    if (metadata.hasSuppressionInside() || metadata.namesYolo()) {
      return Optional.empty();
    }
    if (metadata.namesRtDetr()) {
      return Optional.of(Evidence.METADATA);
    }
    boolean classesAreKnown =
        metadata.names().isPresent() || ClassNames.areCoco(classes(signature).orElseThrow());
    return signature.rows() <= MOST_QUERIES && classesAreKnown
        ? Optional.of(Evidence.SHAPE)
        : Optional.empty();
  }

  @Override
  public DetectorLayout layout(ModelSignature signature, List<String> labels) {
    InputFormat input = InputFormat.stretched(signature.inputWidth(), signature.inputHeight());
    int classes = classes(signature).orElseThrow();
    return new DetectorLayout(
        name(),
        input,
        labels,
        Suppression.MOST_CONFIDENT,
        () -> new RtDetrDecoder(signature.rows(), classes, input.width(), input.height()));
  }
}
