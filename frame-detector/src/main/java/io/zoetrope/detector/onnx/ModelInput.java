package io.zoetrope.detector.onnx;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.TensorInfo;
import io.zoetrope.detector.family.InputOverride;
import io.zoetrope.detector.family.ModelException;
import io.zoetrope.detector.family.ModelException.Code;
import io.zoetrope.media.InputFormat;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The one picture input of a model, {@code [batch][3][height][width]} of float32, float16 or uint8.
 * A batch that the model leaves open is what the device wants; a size that it leaves open is the
 * {@code imgsz} of its metadata, else 640.
 */
record ModelInput(
    String name, ElementType type, int batch, boolean batchOpen, int height, int width) {
  private static final int CHANNELS = 3;
  private static final int DEFAULT_SIZE = 640;
  private static final int MAX_SIZE = 4096;
  private static final int MAX_BATCH = 1000;
  private static final Pattern NUMBER = Pattern.compile("\\d{1,5}");

  static ModelInput of(
      String file, Map<String, NodeInfo> inputs, Map<String, String> metadata, int openBatch) {
    if (inputs.size() == 1) {
      NodeInfo input = inputs.values().iterator().next();
      if (input.getInfo() instanceof TensorInfo tensor) {
        Optional<ElementType> type = ElementType.of(tensor);
        if (type.isPresent() && isPictures(tensor.getShape())) {
          return of(input.getName(), type.get(), tensor.getShape(), metadata, openBatch);
        }
        if (hasChannelsLast(tensor.getShape())) {
          throw new ModelException(
              Code.MODEL_UNSUPPORTED,
              "The model %s has the input %s, with the channels last; export it with the channels first: [batch, 3, height, width]."
                  .formatted(file, describe(input)));
        }
      }
    }
    throw new ModelException(
        Code.MODEL_UNSUPPORTED,
        "The model %s has the inputs %s; use a detector with one input [batch, 3, height, width] of float32, float16 or uint8, up to %d pixels each way and %d pictures."
            .formatted(
                file,
                inputs.values().stream().map(ModelInput::describe).toList(),
                MAX_SIZE,
                MAX_BATCH));
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

  private static boolean isPictures(long[] shape) {
    return shape.length == 4
        && shape[1] == CHANNELS
        && shape[0] != 0
        && shape[0] <= MAX_BATCH
        && isSize(shape[2])
        && isSize(shape[3]);
  }

  private static boolean hasChannelsLast(long[] shape) {
    return shape.length == 4 && shape[1] != CHANNELS && shape[3] == CHANNELS;
  }

  private static boolean isSize(long dimension) {
    return dimension != 0 && dimension <= MAX_SIZE;
  }

  private static ModelInput of(
      String name, ElementType type, long[] shape, Map<String, String> metadata, int openBatch) {
    // One number, or height and width.
    Matcher sizes = NUMBER.matcher(metadata.getOrDefault("imgsz", ""));
    int height = sizes.find() ? Integer.parseInt(sizes.group()) : DEFAULT_SIZE;
    int width = sizes.find() ? Integer.parseInt(sizes.group()) : height;
    return new ModelInput(
        name,
        type,
        known(shape[0], openBatch),
        shape[0] < 0,
        known(shape[2], height),
        known(shape[3], width));
  }

  private static int known(long dimension, int otherwise) {
    return dimension > 0 ? Math.toIntExact(dimension) : otherwise;
  }

  /**
   * The picture to prepare: as the family of the model has it, in the range that bytes have, and
   * with what the user says.
   *
   * @throws ModelException {@code MODEL_OPTION_INVALID} where bytes are to be from 0 to 1
   */
  InputFormat format(String file, InputFormat ofFamily, InputOverride override) {
    if (type != ElementType.UINT8) {
      return override.applyTo(ofFamily);
    }
    if (override.unitScale().orElse(false)) {
      throw new ModelException(
          Code.MODEL_OPTION_INVALID,
          "The model %s takes bytes, which are from 0 to 255; leave 0..1 out of --model-input."
              .formatted(file));
    }
    InputFormat bytes =
        new InputFormat(ofFamily.width(), ofFamily.height(), ofFamily.rgb(), false, ofFamily.fit());
    return override.applyTo(bytes);
  }

  /** Of a run that takes all the pictures that it can. */
  long[] shape() {
    return shape(batch);
  }

  long[] shape(int pictures) {
    return new long[] {pictures, CHANNELS, height, width};
  }
}
