package io.zoetrope.detector.family;

import io.zoetrope.detector.boxes.Suppression;
import io.zoetrope.media.InputFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Megvii's YOLOX with its raw grid: {@code [b, n, 5+classes]}, a row for each cell with the offsets
 * and the logarithms of the size in units of the stride, the objectness and one score per class.
 * Pictures are BGR 0..255, at the top left. Exports carry no metadata.
 */
final class Yolox implements ModelFamily {
  static final int BOX_COLUMNS = 5;

  /** Boxes that were decoded inside have been through these: YOLOX's own, and those of YOLOv6. */
  private static final Set<String> DECODING = Set.of("Exp", "Sub", "Div");

  @Override
  public String name() {
    return "yolox";
  }

  @Override
  public String shape() {
    return "[b, cells, 5+classes]";
  }

  @Override
  public boolean fits(ModelSignature signature) {
    return isGrid(signature);
  }

  /** Whether there is a row of more than five numbers for each cell. */
  static boolean isGrid(ModelSignature signature) {
    return signature.columns() > BOX_COLUMNS && StrideGrid.matches(signature, signature.rows());
  }

  @Override
  public OptionalInt classes(ModelSignature signature) {
    return OptionalInt.of(signature.columns() - BOX_COLUMNS);
  }

  @Override
  public Optional<Evidence> evidence(ModelSignature signature, Metadata metadata) {
    return hasCells(signature, metadata) && signature.mayLack(DECODING)
        ? Optional.of(Evidence.CELLS)
        : Optional.empty();
  }

  static boolean hasCells(ModelSignature signature, Metadata metadata) {
    return isGrid(signature) && !metadata.isUltralytics() && !metadata.isYoloV5();
  }

  @Override
  public DetectorLayout layout(ModelSignature signature, List<String> labels) {
    StrideGrid grid = StrideGrid.of(signature, signature.rows()).orElseThrow();
    int classes = classes(signature).orElseThrow();
    return new DetectorLayout(
        name(),
        InputFormat.yolox(signature.inputWidth(), signature.inputHeight()),
        labels,
        Suppression.WITHIN_CLASS,
        () -> YoloxDecoder.raw(classes, grid));
  }
}
