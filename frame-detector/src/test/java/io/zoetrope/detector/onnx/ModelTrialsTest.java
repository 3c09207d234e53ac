package io.zoetrope.detector.onnx;

import static io.zoetrope.detector.TestModels.shared;
import static io.zoetrope.detector.TestModels.tiny;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.AttributeProto.AttributeType;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import ai.onnxruntime.OrtEnvironment;
import io.zoetrope.detector.TinyModels;
import io.zoetrope.detector.family.ModelException;
import io.zoetrope.detector.family.ModelException.Code;
import io.zoetrope.isolation.TrialChild;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class ModelTrialsTest {
  private static final long ONE_GIB = 1L << 30;
  private static final ModelLimits LIMITS =
      new ModelLimits(ONE_GIB, ONE_GIB, Duration.ofSeconds(30));

  @TempDir private Path folder;

  /** Dies of whatever it is asked to try. */
  static final class Fragile {
    public static void main(String[] arguments) throws IOException {
      TrialChild.serve(
          (request, model) -> {
            String pid = Long.toString(ProcessHandle.current().pid());
            new ProcessBuilder("kill", "-SEGV", pid).start().waitFor();
            Thread.currentThread().join();
          });
    }
  }

  @Test
  void shouldLoadWhatComesThroughAndTryItOnlyOnce() {
    Path notes = folder.resolve("tried");
    ModelTrials trials = new ModelTrials(notes, LIMITS);

    try (Model model = Model.load(tiny("colours-v8.onnx"), ModelOptions.DEFAULT, trials)) {
      assertThat(notes)
          .isDirectoryContaining(
              note ->
                  note.endsWith(
                      model.sha256() + "-" + OrtEnvironment.getEnvironment().getVersion()));
    }

    // When it would die of a second trial
    ModelTrials deadly = new ModelTrials(notes, LIMITS, Fragile.class);
    try (Model model = Model.load(tiny("colours-v8.onnx"), ModelOptions.DEFAULT, deadly)) {
      assertThat(model.family()).isEqualTo("ultralytics-v8");
    }
  }

  @Test
  void shouldComeThroughWithARealModel() {
    Path yolo = shared("models/yolov8n_dyn.onnx");
    ModelTrials trials = new ModelTrials(folder.resolve("tried"), LIMITS);

    try (Model model = Model.load(yolo, ModelOptions.DEFAULT, trials)) {
      assertThat(model.labels()).hasSize(80);
    }
    assertThat(folder.resolve("tried")).isNotEmptyDirectory();
  }

  @Test
  void shouldRefuseWhatKillsItsProcess() {
    assertRefused(
        tiny("colours-v8.onnx"),
        new ModelTrials(folder.resolve("tried"), LIMITS, Fragile.class),
        Code.MODEL_CRASHED,
        "The model colours-v8.onnx kills the process that loads and runs it, as a trial in one of its own has shown (it died of SIGABRT); export it again, and report the file.");
  }

  @Test
  void shouldRefuseWhatTakesTooMuchMemory() throws IOException {
    assumeThat(Path.of("/proc/self/limits")).as("needs Linux").exists();
    ModelProto.Builder model = model();
    GraphProto.Builder graph = model.getGraphBuilder();
    constant(graph, "flat", -1);
    constant(graph, "zero", 0);
    constant(graph, "one", 1);
    constant(graph, "huge", 8 * ONE_GIB);
    node(graph, "Reshape", "all", "images", "flat");
    node(graph, "Slice", "first", "all", "zero", "one");
    node(graph, "Expand", "expanded", "first", "huge");
    node(graph, "ReduceMax", "most", "expanded");
    graph.addOutput(output("most"));

    assertRefused(
        write(model),
        new ModelTrials(folder.resolve("tried"), LIMITS),
        Code.MODEL_TOO_COSTLY,
        "The model tiny.onnx asks for more memory than a model may have; use a smaller one, or raise models.limits.memory.");
  }

  @Test
  void shouldRefuseWhatNeverEnds() throws IOException {
    ModelProto.Builder model = model();
    GraphProto.Builder graph = model.getGraphBuilder();
    graph.addInitializer(
        TensorProto.newBuilder()
            .setName("true")
            .setDataType(DataType.BOOL.getNumber())
            .addInt32Data(1));
    GraphProto.Builder body = GraphProto.newBuilder().setName("body");
    body.addInput(scalar("round", DataType.INT64)).addInput(scalar("go", DataType.BOOL));
    body.addInput(ValueInfoProto.newBuilder(graph.getInput(0)).setName("in"));
    node(body, "Identity", "on", "go");
    node(body, "Identity", "out", "in");
    body.addOutput(scalar("on", DataType.BOOL));
    body.addOutput(ValueInfoProto.newBuilder(graph.getInput(0)).setName("out"));
    graph
        .addNodeBuilder()
        .setOpType("Loop")
        .addInput("")
        .addInput("true")
        .addInput("images")
        .addOutput("looped")
        .addAttribute(
            AttributeProto.newBuilder().setName("body").setType(AttributeType.GRAPH).setG(body));
    ModelLimits limits = new ModelLimits(ONE_GIB, ONE_GIB, Duration.ofSeconds(5));

    assertRefused(
        write(model),
        new ModelTrials(folder.resolve("tried"), limits),
        Code.MODEL_TOO_COSTLY,
        "The model tiny.onnx takes more than the 5 s of models.limits.time to load and to run twice; use a smaller one, or raise that.");
  }

  @Test
  void shouldSayOfARefusedModelWhatItWasRefusedFor() {
    Path file =
        TinyModels.model()
            .input("images", DataType.FLOAT, "batch", 3, 64, 64)
            .output("output0", DataType.FLOAT, new float[] {0}, 7, 84)
            .opset(99)
            .write(folder.resolve("tiny.onnx"));

    assertThatExceptionOfType(ModelException.class)
        .isThrownBy(
            () ->
                Model.load(
                    file, ModelOptions.DEFAULT, new ModelTrials(folder.resolve("tried"), LIMITS)))
        .withMessageStartingWith("The model tiny.onnx asks for version 99 of ONNX's operators")
        .withNoCause()
        .returns(Code.MODEL_TOO_NEW, ModelException::code);
  }

  private void assertRefused(Path file, ModelTrials trials, Code code, String message) {
    assertThatExceptionOfType(ModelException.class)
        .isThrownBy(() -> Model.load(file, ModelOptions.DEFAULT, trials))
        .withMessage(message)
        .returns(code, ModelException::code);
    assertThat(folder.resolve("tried")).doesNotExist();
  }

  private static ModelProto.Builder model() {
    return TinyModels.model()
        .input("images", DataType.FLOAT, 1, 3, 64, 64)
        .output("output0", DataType.FLOAT, new float[] {0}, 7, 84)
        .proto();
  }

  private Path write(ModelProto.Builder model) throws IOException {
    return Files.write(folder.resolve("tiny.onnx"), model.build().toByteArray());
  }

  private static void node(
      GraphProto.Builder graph, String operator, String output, String... inputs) {
    graph.addNodeBuilder().setOpType(operator).addOutput(output).addAllInput(List.of(inputs));
  }

  private static void constant(GraphProto.Builder graph, String name, long... values) {
    TensorProto.Builder tensor =
        graph
            .addInitializerBuilder()
            .setName(name)
            .setDataType(DataType.INT64.getNumber())
            .addDims(values.length);
    LongStream.of(values).forEach(tensor::addInt64Data);
  }

  private static ValueInfoProto scalar(String name, DataType type) {
    ValueInfoProto.Builder value = ValueInfoProto.newBuilder().setName(name);
    value.getTypeBuilder().getTensorTypeBuilder().setElemType(type.getNumber()).getShapeBuilder();
    return value.build();
  }

  private static ValueInfoProto output(String name) {
    ValueInfoProto.Builder value = ValueInfoProto.newBuilder().setName(name);
    value
        .getTypeBuilder()
        .getTensorTypeBuilder()
        .setElemType(DataType.FLOAT.getNumber())
        .getShapeBuilder()
        .addDimBuilder()
        .setDimValue(1);
    return value.build();
  }
}
