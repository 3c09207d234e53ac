package io.zoetrope.detector.family;

import io.zoetrope.detector.family.ModelException.Code;
import io.zoetrope.media.InputFormat;
import java.util.List;
import java.util.Optional;

/**
 * Ultralytics v8, v11 and relatives without NMS inside: {@code [b, 4+classes, n]}, a column for
 * each box with its centre, size and one score per class, in pixels of the input. Pictures are RGB
 * 0..1, centred. Exports carry {@code task} and {@code names} in their metadata; without it the
 * number of columns has to be the number of cells of the strides 8, 16 and 32.
 */
final class UltralyticsV8 implements ModelFamily {
  private static final int BOX_ROWS = 4;

  @Override
  public Optional<DetectorLayout> recognise(ModelSignature signature) {
    String task = signature.metadata().get("task");
    if (task != null && !task.equals("detect")) {
      throw new ModelException(
          Code.MODEL_UNSUPPORTED,
          "The model %s was made for the task %s; use one for the task detect."
              .formatted(signature.file(), task));
    }
    if (!signature.hasSingleTable()) {
      return Optional.empty();
    }
    int classes = signature.rows() - BOX_ROWS;
    Optional<List<String>> names = ClassNames.of(signature);
    boolean fits =
        names.isPresent()
            ? names.get().size() == classes
            : signature.columns()
                == StrideGrid.cells(signature.inputWidth(), signature.inputHeight());
    if (classes < 1 || !fits) {
      return Optional.empty();
    }
    return Optional.of(
        new DetectorLayout(
            "ultralytics-v8",
            InputFormat.ultralytics(signature.inputWidth(), signature.inputHeight()),
            names.orElseGet(() -> ClassNames.unnamed(classes)),
            () -> new UltralyticsV8Decoder(classes, signature.columns())));
  }
}
