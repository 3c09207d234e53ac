package io.zoetrope.detector.family;

import io.zoetrope.media.InputFormat;
import java.util.List;
import java.util.Optional;

/**
 * Megvii's YOLOX with its raw grid: {@code [b, n, 5+classes]}, a row for each cell of the strides
 * 8, 16 and 32 with the offsets and the logarithms of the size in units of the stride, the
 * objectness and one score per class. Pictures are BGR 0..255, at the top left. Exports carry no
 * metadata.
 */
final class Yolox implements ModelFamily {
  static final int BOX_COLUMNS = 5;

  @Override
  public Optional<DetectorLayout> recognise(ModelSignature signature) {
    if (!signature.hasSingleTable() || signature.metadata().containsKey("task")) {
      return Optional.empty();
    }
    int classes = signature.columns() - BOX_COLUMNS;
    StrideGrid grid = new StrideGrid(signature.inputWidth(), signature.inputHeight());
    if (classes < 1 || signature.rows() != grid.cells()) {
      return Optional.empty();
    }
    Optional<List<String>> names = ClassNames.of(signature);
    if (names.isPresent() && names.get().size() != classes) {
      return Optional.empty();
    }
    return Optional.of(
        new DetectorLayout(
            "yolox",
            InputFormat.yolox(signature.inputWidth(), signature.inputHeight()),
            names.orElseGet(() -> ClassNames.unnamed(classes)),
            () -> new YoloxDecoder(classes, grid)));
  }
}
