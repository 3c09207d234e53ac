package io.zoetrope.detector.onnx;

import ai.onnxruntime.TensorInfo;
import io.zoetrope.detector.family.ModelException;
import io.zoetrope.detector.family.ModelException.Code;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The output of a model that has its boxes.
 *
 * @param dimensions as a run showed it, the batch first
 */
record ModelOutput(String name, ElementType type, List<Long> dimensions) {
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
        .map(type -> new ModelOutput(name, type, Arrays.stream(tensor.getShape()).boxed().toList()))
        .orElseThrow(
            () ->
                new ModelException(
                    Code.MODEL_UNSUPPORTED,
                    "The model %s has an output %s of %s; export it with one of float32 or float16."
                        .formatted(file, name, tensor.type.name().toLowerCase(Locale.ROOT))));
  }
}
