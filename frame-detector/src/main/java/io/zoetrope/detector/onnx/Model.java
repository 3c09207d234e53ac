package io.zoetrope.detector.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import io.zoetrope.detector.boxes.PostProcessor;
import io.zoetrope.detector.family.DetectorLayout;
import io.zoetrope.detector.family.ModelException;
import io.zoetrope.detector.family.ModelSignature;
import io.zoetrope.detector.family.Recognition;
import io.zoetrope.media.InputFormat;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A detector, loaded and tried out: one ONNX Runtime session that any number of {@link
 * InferenceLane lanes} share, each on its own thread. Owns the session; any thread may ask for a
 * lane.
 */
public final class Model implements AutoCloseable {
  private final ModelFile file;
  private final String id;
  private final OrtSession session;
  private final ModelInput input;
  private final ModelOutput output;
  private final DetectorLayout layout;

  private Model(
      ModelFile file,
      String id,
      OrtSession session,
      ModelInput input,
      ModelOutput output,
      DetectorLayout layout) {
    this.file = file;
    this.id = id;
    this.session = session;
    this.input = input;
    this.output = output;
    this.layout = layout;
  }

  /** Loads a model of which the user says nothing. */
  public static Model load(Path path) {
    return load(path, ModelOptions.DEFAULT);
  }

  /**
   * Loads a model file, runs it once over an empty picture and recognises its family.
   *
   * @throws ModelException for whatever is wrong with it
   */
  public static Model load(Path path, ModelOptions options) {
    ModelFile file = ModelFile.open(path, ModelLimits.DEFAULT);
    OnnxGraph graph = ModelScreening.screen(file);
    OrtSession session = createSession(file);
    try {
      return recognise(file, graph, session, options);
    } catch (ModelException e) {
      close(session);
      throw e;
    } catch (OrtException e) {
      close(session);
      throw OrtRefusal.of(file.name(), e);
    } catch (RuntimeException e) {
      close(session);
      throw e;
    }
  }

  /**
   * The {@link #id} that the model in this file has, without loading it.
   *
   * @throws ModelException {@code MODEL_NOT_FOUND}, {@code MODEL_TOO_LARGE}
   */
  public static String idOf(Path path, ModelOptions options) {
    ModelFile file = ModelFile.open(path, ModelLimits.DEFAULT);
    return file.id(options.identify(file.sha256()));
  }

  private static Model recognise(
      ModelFile file, OnnxGraph graph, OrtSession session, ModelOptions options)
      throws OrtException {
    Map<String, String> metadata = session.getMetadata().getCustomMetadata();
    ModelInput input = ModelInput.of(file.name(), session.getInputInfo(), metadata);
    Map<String, TensorInfo> outputs = tryOut(session, input);
    ModelSignature signature =
        new ModelSignature(
            file.name(),
            metadata,
            input.width(),
            input.height(),
            outputs.values().stream().map(Model::dimensions).toList(),
            Optional.of(graph.headOperators()));
    DetectorLayout layout = Recognition.of(signature, options.family(), options.labels());
    return new Model(
        file,
        file.id(options.identify(file.sha256())),
        session,
        input,
        ModelOutput.of(file.name(), outputs, signature.table().orElseThrow()),
        layout.withInput(input.format(file.name(), layout.input(), options.input())));
  }

  /**
   * Name of the file and the beginning of its hash: {@code yolox_nano-4d3f6dbc3a5b}. What the user
   * says about a model is part of the hash.
   */
  public String id() {
    return id;
  }

  /** Of the file's bytes, in lower-case hex. */
  public String sha256() {
    return file.sha256();
  }

  public String family() {
    return layout.family();
  }

  /** Names of the classes, by class id. */
  public List<String> labels() {
    return layout.labels();
  }

  /** The picture that the model wants. */
  public InputFormat inputFormat() {
    return layout.input();
  }

  /** A fresh input and output for one worker. */
  public InferenceLane newLane() {
    try {
      return new InferenceLane(OrtEnvironment.getEnvironment(), session, input, output);
    } catch (OrtException e) {
      throw new IllegalStateException("ONNX Runtime failed: " + e.getMessage(), e);
    }
  }

  /** A fresh reader of the model's output, for one worker. */
  public PostProcessor newPostProcessor() {
    return layout.newPostProcessor();
  }

  @Override
  public void close() {
    close(session);
  }

  private static OrtSession createSession(ModelFile file) {
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(1);
      options.setInterOpNumThreads(1);
      options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);
      return OrtEnvironment.getEnvironment().createSession(file.bytes(), options);
    } catch (OrtException e) {
      throw OrtRefusal.of(file.name(), e);
    }
  }

  /** Each output, first to last, as one run gives it. */
  private static Map<String, TensorInfo> tryOut(OrtSession session, ModelInput input)
      throws OrtException {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (DirectTensor blank = new DirectTensor(environment, input.type(), input.shape());
        OrtSession.Result result = session.run(Map.of(input.name(), blank.tensor()))) {
      Map<String, TensorInfo> outputs = new LinkedHashMap<>();
      for (Map.Entry<String, OnnxValue> output : result) {
        if (output.getValue() instanceof OnnxTensor tensor) {
          outputs.put(output.getKey(), tensor.getInfo());
        }
      }
      return outputs;
    }
  }

  private static List<Integer> dimensions(TensorInfo tensor) {
    return Arrays.stream(tensor.getShape()).mapToObj(Math::toIntExact).toList();
  }

  private static void close(OrtSession session) {
    try {
      session.close();
    } catch (OrtException e) {
      throw new IllegalStateException("ONNX Runtime failed: " + e.getMessage(), e);
    }
  }
}
