package io.zoetrope.detector.onnx;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.TensorInfo;
import io.zoetrope.detector.boxes.PostProcessor;
import io.zoetrope.detector.boxes.Thresholds;
import io.zoetrope.detector.family.DetectorLayout;
import io.zoetrope.detector.family.ModelException;
import io.zoetrope.detector.family.ModelException.Code;
import io.zoetrope.detector.family.ModelSignature;
import io.zoetrope.detector.family.Recognition;
import io.zoetrope.detector.onnx.ModelSession.Show;
import io.zoetrope.media.InputFormat;
import io.zoetrope.media.Letterbox;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A detector, loaded and tried out: one ONNX Runtime session that any number of {@link
 * InferenceLane lanes} share, each on its own thread. Owns the session; any thread may ask for a
 * lane.
 */
public final class Model implements AutoCloseable {
  private static final float WHITE = 255;
  private static final Thresholds USUAL = new Thresholds(0.25f, 0.45f);

  private final String id;
  private final String sha256;
  private final ModelSession session;
  private final ModelOutput output;
  private final DetectorLayout layout;
  private final String reason;
  private final List<String> passedOver;

  private Model(
      String id,
      String sha256,
      ModelSession session,
      ModelOutput output,
      DetectorLayout layout,
      String reason,
      List<String> passedOver) {
    this.id = id;
    this.sha256 = sha256;
    this.session = session;
    this.output = output;
    this.layout = layout;
    this.reason = reason;
    this.passedOver = passedOver;
  }

  /** Loads a model of which the user says nothing. */
  public static Model load(Path path) {
    return load(path, ModelOptions.DEFAULT);
  }

  /** Loads a model that is trusted not to harm this process. */
  public static Model load(Path path, ModelOptions options) {
    return load(ModelFile.open(path, ModelLimits.DEFAULT), options, file -> {});
  }

  /**
   * Loads a stranger's model: looks into its file, has it tried in another process, runs it over
   * made-up pictures and recognises its family.
   *
   * @throws ModelException for whatever is wrong with it
   */
  public static Model load(Path path, ModelOptions options, ModelTrials trials) {
    return load(ModelFile.open(path, trials.limits()), options, trials::require);
  }

  /**
   * What there is to know about a model, of a file that can't be used as well.
   *
   * @throws ModelException {@code MODEL_NOT_FOUND}, {@code MODEL_TOO_LARGE}, {@code MODEL_INVALID}
   *     where it is no ONNX file
   */
  public static ModelReport inspect(Path path, ModelOptions options, ModelTrials trials) {
    ModelFile file = ModelFile.open(path, trials.limits());
    OnnxGraph graph = ModelScreening.read(file);
    ModelReport report = ModelReport.of(file, graph, file.id(options.identify(file.sha256())));
    try (Model model = load(file, graph, options, trials::require)) {
      return report.withDetector(
          new ModelReport.Detector(
              model.family(),
              model.reason,
              model.inputFormat(),
              model.session.input().batch(),
              ModelReport.Tensor.of(model.output),
              model.labels()));
    } catch (ModelException e) {
      return report.withProblem(e);
    }
  }

  private static Model load(ModelFile file, ModelOptions options, Consumer<ModelFile> trial) {
    return load(file, ModelScreening.read(file), options, trial);
  }

  private static Model load(
      ModelFile file, OnnxGraph graph, ModelOptions options, Consumer<ModelFile> trial) {
    ModelScreening.requireSelfContained(file, graph);
    trial.accept(file);
    return DeviceChoice.load(
        file.name(),
        options.device(),
        (device, passedOver) -> {
          ModelSession session = ModelSession.open(file.name(), file.bytes(), device);
          return rehearsed(session, () -> recognise(file, graph, session, options, passedOver));
        });
  }

  private static Model rehearsed(ModelSession session, Supplier<Model> loading) {
    try {
      Model model = loading.get();
      model.rehearse();
      return model;
    } catch (RuntimeException e) {
      session.close();
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
      ModelFile file,
      OnnxGraph graph,
      ModelSession session,
      ModelOptions options,
      List<String> passedOver) {
    ModelInput input = session.input();
    Map<String, TensorInfo> outputs = session.tryOut(Show.BLACK);
    ModelSignature signature =
        new ModelSignature(
            file.name(),
            session.metadata(),
            input.width(),
            input.height(),
            outputs.values().stream().map(Model::dimensions).toList(),
            Optional.of(graph.headOperators()));
    DetectorLayout layout = Recognition.of(signature, options.family(), options.labels());
    ModelOutput output = ModelOutput.of(file.name(), outputs, signature.table().orElseThrow());
    output.requireBatch(file.name(), input.batch());
    if (layout.decoders().get().takesAnyRows() && session.leavesRowsOpen(output.name())) {
      output = output.withVaryingRows();
    }
    return new Model(
        file.id(options.identify(file.sha256())),
        file.sha256(),
        session,
        output,
        layout.withInput(input.format(file.name(), layout.input(), options.input())),
        Recognition.reason(signature, layout.family(), options.family().isPresent()),
        passedOver);
  }

  /** Goes the whole way of a picture, so that what is wrong on every picture shows at once. */
  private void rehearse() {
    InputFormat format = layout.input();
    PostProcessor reader = newPostProcessor();
    try (InferenceLane lane = newLane()) {
      for (Show show : Show.values()) {
        for (int slot = 0; slot < lane.batchSize(); slot++) {
          show.paint(lane.input(slot), format.unitScale() ? 1 : WHITE);
        }
        lane.run();
        for (int slot = 0; slot < lane.batchSize(); slot++) {
          reader.detect(
              lane.output(slot), USUAL, Letterbox.of(format.width(), format.height(), format));
        }
      }
      if (session.takesFewer() && lane.batchSize() > 1) {
        lane.run(1);
      }
    } catch (ArithmeticException e) {
      throw new ModelException(
          Code.MODEL_OUTPUT_INVALID,
          "The model %s gives no detections for a picture (%s); export it again."
              .formatted(session.file(), e.getMessage()),
          e);
    } catch (IllegalStateException e) {
      throw e.getCause() instanceof OrtException cause ? OrtRefusal.of(session.file(), cause) : e;
    }
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
    return sha256;
  }

  public String family() {
    return layout.family();
  }

  /** What it runs on. */
  public Device device() {
    return session.device();
  }

  /** Why it doesn't run on a device that was tried before that one, in sentences. */
  public List<String> passedOver() {
    return passedOver;
  }

  /** Names of the classes, by class id. */
  public List<String> labels() {
    return layout.labels();
  }

  /** The picture that the model wants. */
  public InputFormat inputFormat() {
    return layout.input();
  }

  /** Pictures that one run takes. */
  public int batchSize() {
    return session.input().batch();
  }

  /** A fresh input and output for one worker. */
  public InferenceLane newLane() {
    try {
      return new InferenceLane(session, output);
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
    session.close();
  }

  private static List<Integer> dimensions(TensorInfo tensor) {
    return Arrays.stream(tensor.getShape()).mapToObj(Math::toIntExact).toList();
  }
}
