package io.zoetrope.detector.onnx;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import io.zoetrope.detector.family.ModelException;
import io.zoetrope.detector.family.ModelException.Code;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;

/**
 * An ONNX Runtime session over a model with one input of pictures, of which nothing else is known.
 * Owns the session.
 *
 * @param file name of the model's file, for messages
 * @param device that it is on
 * @param metadata that the exporter added
 */
record ModelSession(
    String file, OrtSession ort, Device device, Map<String, String> metadata, ModelInput input)
    implements AutoCloseable {
  /** Half a GiB of floats in one tensor: 100 pictures of 640x640, or the boxes of 180. */
  private static final long MAX_ELEMENTS = 1L << 27;

  private static final long SEED = 1;

  /** What the pictures of a trial run show. */
  enum Show {
    BLACK,
    NOISE;

    /** Up to the brightest that the model takes. */
    void paint(FloatBuffer picture, float white) {
      Random random = new Random(SEED);
      for (int i = 0; i < picture.limit(); i++) {
        picture.put(i, this == BLACK ? 0 : white * random.nextFloat());
      }
    }
  }

  /**
   * Loads a model that has been looked into.
   *
   * @throws ModelException where ONNX Runtime refuses it, its input is none of pictures, or the
   *     device can't be had
   */
  static ModelSession open(String file, ByteBuffer bytes, Device device) {
    OrtSession ort;
    // First of all: providers can't be loaded without its logger.
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(1);
      options.setInterOpNumThreads(1);
      // What it logs is in the exceptions as well.
      options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);
      Providers.add(options, device);
      ort = environment.createSession(bytes, options);
    } catch (OrtException e) {
      throw OrtRefusal.of(file, e);
    }
    try {
      Map<String, String> metadata = ort.getMetadata().getCustomMetadata();
      ModelInput input = ModelInput.of(file, ort.getInputInfo(), metadata, device.openBatch());
      requireBatch(file, input, device);
      requireModest(file, "an input", input.shape());
      for (NodeInfo output : ort.getOutputInfo().values()) {
        if (output.getInfo() instanceof TensorInfo tensor) {
          requireModest(file, "an output", tensor.getShape());
        }
      }
      return new ModelSession(file, ort, device, metadata, input);
    } catch (OrtException e) {
      close(ort);
      throw OrtRefusal.of(file, e);
    } catch (RuntimeException e) {
      close(ort);
      throw e;
    }
  }

  /**
   * Each output, first to last, as a run over such pictures gives it.
   *
   * @throws ModelException where it fails
   */
  Map<String, TensorInfo> tryOut(Show show) {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (DirectTensor pictures = new DirectTensor(environment, input.type(), input.shape())) {
      float white = input.type() == ElementType.UINT8 ? 255 : 1;
      for (int i = 0; i < input.batch(); i++) {
        show.paint(pictures.picture(i), white);
      }
      pictures.push(input.batch());
      return tryOut(pictures.tensor());
    } catch (OrtException e) {
      throw OrtRefusal.of(file, e);
    }
  }

  private static void requireBatch(String file, ModelInput input, Device device) {
    if (device.batchSize().isPresent() && device.batchSize().get() != input.batch()) {
      throw new ModelException(
          Code.MODEL_OPTION_INVALID,
          "The model %s takes %d pictures in a run, neither more nor fewer; leave --batch-size out, or export it with a dynamic batch."
              .formatted(file, input.batch()));
    }
  }

  /** Whether a run may have fewer pictures than it takes. */
  boolean takesFewer() {
    return input.batchOpen() && device.takesAnyNumber();
  }

  /** Whether the file doesn't say how many rows an output has, which come after the batch. */
  boolean leavesRowsOpen(String output) {
    try {
      return !(ort.getOutputInfo().get(output).getInfo() instanceof TensorInfo tensor)
          || tensor.getShape().length < 2
          || tensor.getShape()[1] < 0;
    } catch (OrtException e) {
      throw OrtRefusal.of(file, e);
    }
  }

  private Map<String, TensorInfo> tryOut(OnnxTensor pictures) throws OrtException {
    try (OrtSession.Result result = ort.run(Map.of(input.name(), pictures))) {
      Map<String, TensorInfo> outputs = new LinkedHashMap<>();
      for (Map.Entry<String, OnnxValue> output : result) {
        if (output.getValue() instanceof OnnxTensor tensor) {
          requireModest(file, "an output", tensor.getInfo().getShape());
          outputs.put(output.getKey(), tensor.getInfo());
        }
      }
      return outputs;
    }
  }

  /** What is left open counts as 1. */
  private static void requireModest(String file, String tensor, long[] shape) {
    double elements =
        Arrays.stream(shape).mapToDouble(size -> Math.max(1, size)).reduce(1, (a, b) -> a * b);
    if (elements > MAX_ELEMENTS) {
      throw new ModelException(
          Code.MODEL_TOO_COSTLY,
          "The model %s has %s %s, more than the %d million numbers that one may have; export it with a smaller batch or for smaller pictures."
              .formatted(file, tensor, Arrays.toString(shape), MAX_ELEMENTS / 1_000_000));
    }
  }

  @Override
  public void close() {
    close(ort);
  }

  private static void close(OrtSession ort) {
    try {
      ort.close();
    } catch (OrtException e) {
      throw new IllegalStateException("ONNX Runtime failed: " + e.getMessage(), e);
    }
  }
}
