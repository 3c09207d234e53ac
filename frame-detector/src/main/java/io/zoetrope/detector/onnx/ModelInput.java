package io.zoetrope.detector.onnx;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.TensorInfo;
import io.zoetrope.detector.family.ModelException;
import io.zoetrope.detector.family.ModelException.Code;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The one picture input of a model, {@code float[batch][3][height][width]}. A batch that the model
 * leaves open is 1; a size that it leaves open is the {@code imgsz} of its metadata, else 640.
 */
record ModelInput(String name, int batch, int height, int width) {
  private static final int CHANNELS = 3;
  private static final int DEFAULT_SIZE = 640;
  private static final int MAX_SIZE = 4096;
  private static final Pattern NUMBER = Pattern.compile("\\d{1,5}");

  static ModelInput of(String file, Map<String, NodeInfo> inputs, Map<String, String> metadata) {
    if (inputs.size() == 1) {
      NodeInfo input = inputs.values().iterator().next();
      if (input.getInfo() instanceof TensorInfo tensor && isPictures(tensor)) {
        return of(input.getName(), tensor.getShape(), metadata);
      }
    }
    throw new ModelException(
        Code.MODEL_UNSUPPORTED,
        "The model %s has the inputs %s; use a detector with one input float32[batch, 3, height, width]."
            .formatted(file, inputs.values().stream().map(ModelInput::describe).toList()));
  }

  /** As people write it: {@code images float[-1, 3, 640, 640]}, where -1 is left open. */
  private static String describe(NodeInfo input) {
    return input.getInfo() instanceof TensorInfo tensor
        ? "%s %s%s"
            .formatted(
                input.getName(),
                tensor.type.name().toLowerCase(Locale.ROOT),
                Arrays.toString(tensor.getShape()))
        : input.getName() + ", which is no tensor";
  }

  private static boolean isPictures(TensorInfo tensor) {
    long[] shape = tensor.getShape();
    return tensor.type == OnnxJavaType.FLOAT
        && shape.length == 4
        && shape[1] == CHANNELS
        && shape[0] != 0
        && isSize(shape[2])
        && isSize(shape[3]);
  }

  private static boolean isSize(long dimension) {
    return dimension != 0 && dimension <= MAX_SIZE;
  }

  private static ModelInput of(String name, long[] shape, Map<String, String> metadata) {
    // One number, or height and width.
    Matcher sizes = NUMBER.matcher(metadata.getOrDefault("imgsz", ""));
    int height = sizes.find() ? Integer.parseInt(sizes.group()) : DEFAULT_SIZE;
    int width = sizes.find() ? Integer.parseInt(sizes.group()) : height;
    return new ModelInput(
        name, known(shape[0], 1), known(shape[2], height), known(shape[3], width));
  }

  private static int known(long dimension, int otherwise) {
    return dimension > 0 ? Math.toIntExact(dimension) : otherwise;
  }

  long[] shape() {
    return new long[] {batch, CHANNELS, height, width};
  }

  int floatsPerPicture() {
    return CHANNELS * height * width;
  }
}
