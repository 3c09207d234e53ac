package io.zoetrope.detector.family;

import io.zoetrope.detector.boxes.Suppression;
import io.zoetrope.media.InputFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Ultralytics v10 and 26, and exports of any of its models with NMS inside: {@code [b, k, 6]}, a
 * row for each detection with its corners in pixels of the input, its score and its class; rows
 * that are left over have the score 0. Pictures are RGB 0..1, centred.
 */
final class EndToEnd implements ModelFamily {
  private static final int COLUMNS = 6;
  private static final int MOST_ROWS = 1000;

  @Override
  public String name() {
    return "end-to-end";
  }

  @Override
  public String shape() {
    return "[b, k, 6]";
  }

  @Override
  public boolean fits(ModelSignature signature) {
    return signature.columns() == COLUMNS;
  }

  @Override
  public OptionalInt classes(ModelSignature signature) {
    return OptionalInt.empty();
  }

  @Override
  public Optional<Evidence> evidence(ModelSignature signature, Metadata metadata) {
    if (metadata.namesRtDetr()) {
      return Optional.empty();
    }
    if (metadata.hasSuppressionInside() || metadata.namesYolo()) {
      return Optional.of(Evidence.METADATA);
    }
    return signature.rows() <= MOST_ROWS ? Optional.of(Evidence.SHAPE) : Optional.empty();
  }

  @Override
  public DetectorLayout layout(ModelSignature signature, List<String> labels) {
    return new DetectorLayout(
        name(),
        InputFormat.ultralytics(signature.inputWidth(), signature.inputHeight()),
        labels,
        Suppression.FIRST,
        () -> new EndToEndDecoder(labels.size()));
  }
}
