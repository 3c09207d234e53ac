package io.zoetrope.detector.family;

import io.zoetrope.detector.boxes.Suppression;
import io.zoetrope.media.InputFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Megvii's YOLOX exported with {@code --decode_in_inference}: as {@link Yolox}, but with the centre
 * and size of each box in pixels of the input.
 */
final class YoloxDecoded implements ModelFamily {
  private static final String EXPONENTIAL = "Exp";

  @Override
  public String name() {
    return "yolox-decoded";
  }

  @Override
  public String shape() {
    return "[b, cells, 5+classes] with an Exp in the graph";
  }

  @Override
  public boolean fits(ModelSignature signature) {
    return signature.columns() > Yolox.BOX_COLUMNS && signature.rows() > 0;
  }

  @Override
  public OptionalInt classes(ModelSignature signature) {
    return OptionalInt.of(signature.columns() - Yolox.BOX_COLUMNS);
  }

  @Override
  public Optional<Evidence> evidence(ModelSignature signature, Metadata metadata) {
    return Yolox.hasCells(signature, metadata) && signature.mayHave(EXPONENTIAL)
        ? Optional.of(Evidence.CELLS)
        : Optional.empty();
  }

  @Override
  public DetectorLayout layout(ModelSignature signature, List<String> labels) {
    int classes = classes(signature).orElseThrow();
    return new DetectorLayout(
        name(),
        InputFormat.yolox(signature.inputWidth(), signature.inputHeight()),
        labels,
        Suppression.WITHIN_CLASS,
        () -> YoloxDecoder.decoded(classes, signature.rows()));
  }
}
