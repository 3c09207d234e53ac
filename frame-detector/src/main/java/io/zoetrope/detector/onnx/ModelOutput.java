package io.zoetrope.detector.onnx;

import ai.onnxruntime.TensorInfo;
import io.zoetrope.detector.family.ModelException;
import io.zoetrope.detector.family.ModelException.Code;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The output of a model that has its boxes.
 *
 * @param dimensions as a run showed it, the batch first
 * @param rowsVary whether a run may give more or fewer rows, which come after the batch
 */
record ModelOutput(String name, ElementType type, List<Long> dimensions, boolean rowsVary) {
  private static final int DIMENSIONS = 3;

  /** In one run. */
  int pictures() {
    return Math.toIntExact(dimensions.get(0));
  }

  long[] shape() {
    return dimensions.stream().mapToLong(Long::longValue).toArray();
  }

  /**
   * One of several, by its place.
   *
   * @throws ModelException {@code MODEL_UNSUPPORTED} where it holds no floats
   */
  static ModelOutput of(String file, Map<String, TensorInfo> outputs, int place) {
    String name = List.copyOf(outputs.keySet()).get(place);
    TensorInfo tensor = outputs.get(name);
    return ElementType.of(tensor)
        .filter(type -> type != ElementType.UINT8)
        .map(
            type ->
                new ModelOutput(
                    name, type, Arrays.stream(tensor.getShape()).boxed().toList(), false))
        .orElseThrow(
            () ->
                new ModelException(
                    Code.MODEL_UNSUPPORTED,
                    "The model %s has an output %s of %s; export it with one of float32 or float16."
                        .formatted(file, name, tensor.type.name().toLowerCase(Locale.ROOT))));
  }

  /**
   * Checks that there is a table for each picture of a run.
   *
   * @throws ModelException {@code MODEL_UNSUPPORTED}
   */
  void requireBatch(String file, int batch) {
    if (dimensions.get(0) != batch) {
      throw new ModelException(
          Code.MODEL_UNSUPPORTED,
          "The model %s gives the output %s %s for %d pictures; export it with the batch first in its output."
              .formatted(file, name, dimensions, batch));
    }
  }

  /** The same, where its rows may vary. */
  ModelOutput withVaryingRows() {
    return new ModelOutput(name, type, dimensions, true);
  }

  /** Whether a run over so many pictures may give this shape as well. */
  boolean mayHave(long[] shape, int pictures) {
    return shape.length == DIMENSIONS
        && shape[0] == pictures
        && (rowsVary || shape[1] == dimensions.get(1))
        && shape[2] == dimensions.get(2);
  }

  /** Its dimensions, with {@code k} for rows that vary. */
  List<String> dimensionNames() {
    return IntStream.range(0, dimensions.size())
        .mapToObj(i -> rowsVary && i == 1 ? "k" : dimensions.get(i).toString())
        .toList();
  }
}
