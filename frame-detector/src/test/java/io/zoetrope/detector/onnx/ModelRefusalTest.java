package io.zoetrope.detector.onnx;

import static io.zoetrope.detector.TestModels.tiny;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ai.onnx.proto.OnnxMl.AttributeProto.AttributeType;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnx.proto.OnnxMl.TypeProto;
import io.zoetrope.detector.TinyModels;
import io.zoetrope.detector.family.ModelException;
import io.zoetrope.detector.family.ModelException.Code;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is said of model files that are no good. */
class ModelRefusalTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ''                                 | is empty; download or export it again.
          not a model                        | is no ONNX model, or is cut off or damaged; download or export it again.
          PK\u0003\u0004archive              | is an archive, as PyTorch's .pt files are; export that to ONNX, with Ultralytics: yolo export model=FILE format=onnx.
          <!DOCTYPE html><html>404</html>    | is a web page or another text; download the model again.
          version https://git-lfs.github.com | is only a pointer to a file in Git LFS; fetch that with: git lfs pull.
          '\u001c\u0000\u0000\u0000ORTMmodel' | is in ONNX Runtime's own format, which can't be looked into; give the ONNX file that it was made of.
          '\u001c\u0000\u0000\u0000TFL3model' | is a TensorFlow Lite model; export it to ONNX.
          ':\u0000'                           | is no ONNX model (there is no graph in it); export it again.
          """)
  void shouldSayWhatAFileIsInstead(String bytes, String sentence) throws IOException {
    Path file = Files.write(folder.resolve("best.onnx"), bytes.getBytes(ISO_8859_1));

    assertRefused(file, Code.MODEL_INVALID, "The file best.onnx " + sentence);
  }

  @Test
  void shouldRefuseATruncatedFile() throws IOException {
    byte[] whole = Files.readAllBytes(tiny("colours-v8.onnx"));
    Path file = Files.write(folder.resolve("half.onnx"), Arrays.copyOf(whole, whole.length / 2));

    assertRefused(
        file,
        Code.MODEL_INVALID,
        "The file half.onnx is no ONNX model, or is cut off or damaged; download or export it again.");
  }

  @Test
  void shouldRefuseAFileThatIsTooLarge() {
    Path file = tiny("colours-v8.onnx");
    ModelLimits limits = new ModelLimits(1000, 1, Duration.ofSeconds(1));

    assertThatExceptionOfType(ModelException.class)
        .isThrownBy(() -> ModelFile.open(file, limits))
        .withMessage(
            "The model file %s has 2 kB, more than the 1 kB of models.limits.size; give a smaller model, or raise that.",
            file)
        .returns(Code.MODEL_TOO_LARGE, ModelException::code);
  }

  @ParameterizedTest
  @ValueSource(strings = {"weights.bin", "/etc/passwd", "../weights.bin", "*/_ORT_MEM_ADDR_/*"})
  void shouldRefuseWeightsInOtherFiles(String location) throws IOException {
    // Given a file that is there, as itself and through a link
    Files.write(folder.resolve("secret"), new byte[1000]);
    Files.createSymbolicLink(folder.resolve("weights.bin"), folder.resolve("secret"));
    ModelProto.Builder model = model().proto();
    model
        .getGraphBuilder()
        .addInitializerBuilder()
        .setName("weights")
        .setDataType(DataType.FLOAT.getNumber())
        .addDims(1)
        .addExternalDataBuilder()
        .setKey("location")
        .setValue(location);

    assertRefused(
        write(model),
        Code.MODEL_EXTERNAL_DATA,
        "The model tiny.onnx keeps weights in other files (%s), which are never read; export it into one file."
            .formatted(location));
  }

  @ParameterizedTest
  @CsvSource({
    "ai.onnx.contrib, DecodeImage",
    "evil.library, Run",
    "com.microsoft, EPContext",
  })
  void shouldRefuseOperatorsOfOtherLibraries(String domain, String operator) throws IOException {
    ModelProto.Builder model = model().proto();
    model.addOpsetImportBuilder().setDomain(domain).setVersion(1);
    model
        .getGraphBuilder()
        .addNodeBuilder()
        .setDomain(domain)
        .setOpType(operator)
        .addInput("images")
        .addOutput("other");

    assertRefused(
        write(model),
        Code.MODEL_OPERATOR_UNSUPPORTED,
        "The model tiny.onnx needs the operator %s:%s, which comes from outside of the file and of ONNX Runtime; export it with ONNX's operators alone."
            .formatted(domain, operator));
  }

  @Test
  void shouldLoadAModelThatDefinesItsOwnOperators() throws IOException {
    ModelProto.Builder model = model().proto();
    model.addOpsetImportBuilder().setDomain("own").setVersion(1);
    model
        .addFunctionsBuilder()
        .setDomain("own")
        .setName("Same")
        .addInput("x")
        .addOutput("y")
        .addOpsetImport(model.getOpsetImport(0))
        .addNodeBuilder()
        .setOpType("Identity")
        .addInput("x")
        .addOutput("y");
    GraphProto.Builder graph = model.getGraphBuilder();
    graph
        .addNodeBuilder()
        .setDomain("own")
        .setOpType("Same")
        .addInput("output0")
        .addOutput("output1");
    graph.setOutput(0, graph.getOutput(0).toBuilder().setName("output1"));

    try (Model loaded = Model.load(write(model))) {
      assertThat(loaded.family()).isEqualTo("ultralytics-v8");
    }
  }

  @Test
  void shouldRefuseAnOperatorThatNobodyKnows() throws IOException {
    ModelProto.Builder model = model().proto();
    model
        .getGraphBuilder()
        .addNodeBuilder()
        .setOpType("Frobnicate")
        .addInput("images")
        .addOutput("other");

    assertRefused(
        write(model),
        Code.MODEL_OPERATOR_UNSUPPORTED,
        "The model tiny.onnx needs the operator Frobnicate, which isn't in version 13 of ONNX's operators; export it with those alone.");
  }

  @Test
  void shouldRefuseAnOperatorThatIsNotThereForAType() throws IOException {
    ModelProto.Builder model = model().proto();
    GraphProto.Builder graph = model.getGraphBuilder();
    graph
        .addNodeBuilder()
        .setOpType("Cast")
        .addInput("images")
        .addOutput("brain")
        .addAttributeBuilder()
        .setName("to")
        .setType(AttributeType.INT)
        .setI(DataType.BFLOAT16.getNumber());
    graph.addNodeBuilder().setOpType("Exp").addInput("brain").addOutput("other");
    graph.addOutput(
        graph.getInput(0).toBuilder()
            .setName("other")
            .setType(
                TypeProto.newBuilder()
                    .setTensorType(
                        graph.getInput(0).getType().getTensorType().toBuilder()
                            .setElemType(DataType.BFLOAT16.getNumber()))));

    assertRefused(
        write(model),
        Code.MODEL_OPERATOR_UNSUPPORTED,
        "The model tiny.onnx needs the operator Exp (version 13) for numbers of a type for which ONNX Runtime hasn't got it; export it as float32.");
  }

  @Test
  void shouldRefuseWhatIsNewerThanOnnxRuntime() throws IOException {
    assertRefused(
        model().opset(99).write(folder.resolve("tiny.onnx")),
        Code.MODEL_TOO_NEW,
        "The model tiny.onnx asks for version 99 of ONNX's operators (ai.onnx), and ONNX Runtime knows those up to 26; export it with that version as the opset.");
    assertRefused(
        model().irVersion(99).write(folder.resolve("tiny.onnx")),
        Code.MODEL_TOO_NEW,
        "The model tiny.onnx is in version 99 of ONNX's file format, and ONNX Runtime knows those up to 13; export it with an older ONNX.");
  }

  @Test
  void shouldRefuseAGraphThatCannotRun() throws IOException {
    ModelProto.Builder model = model().proto();
    GraphProto.Builder graph = model.getGraphBuilder();
    graph.addNodeBuilder().setOpType("Relu").addInput("b").addOutput("a");
    graph.addNodeBuilder().setOpType("Relu").addInput("a").addOutput("b");

    assertRefused(
        write(model),
        Code.MODEL_INVALID,
        "The file tiny.onnx is no ONNX model that can be run (This is an invalid model. Error: the graph is not acyclic.); export it again.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          4 | 3 | 64      | 5000     | [4, 3, 64, 5000]
          1 | 1 | 64      | 64       | [1, 1, 64, 64]
          1 | 3 | 100000  | 100000   | [1, 3, 100000, 100000]
          99999999999 | 3 | 64 | 64  | [99999999999, 3, 64, 64]
          """)
  void shouldRefuseAnInputThatIsNoPicture(
      long batch, long channels, long height, long width, String shape) {
    Path file =
        TinyModels.model()
            .input("images", DataType.FLOAT, batch, channels, height, width)
            .output("output0", DataType.FLOAT, new float[] {0}, 7, 84)
            .write(folder.resolve("tiny.onnx"));

    assertRefused(
        file,
        Code.MODEL_UNSUPPORTED,
        "The model tiny.onnx has the inputs [images float%s]; use a detector with one input [batch, 3, height, width] of float32, float16 or uint8, up to 4096 pixels each way and 1000 pictures."
            .formatted(shape));
  }

  @Test
  void shouldRefuseAGiantBatchBeforeThereIsMemoryForIt() {
    Path file =
        TinyModels.model()
            .input("images", DataType.FLOAT, 500, 3, 640, 640)
            .output("output0", DataType.FLOAT, new float[] {0}, 7, 84)
            .write(folder.resolve("tiny.onnx"));

    assertRefused(
        file,
        Code.MODEL_TOO_COSTLY,
        "The model tiny.onnx has an input [500, 3, 640, 640], more than the 134 million numbers that one may have; export it with a smaller batch or for smaller pictures.");
  }

  @Test
  void shouldRefuseASizeInTheMetadataThatIsGiant() {
    Path file =
        TinyModels.model()
            .input("images", DataType.FLOAT, 1, 3, "height", "width")
            .cells("output0", DataType.FLOAT, new float[7], 1, false)
            .metadata("imgsz", "[99999, 99999]")
            .write(folder.resolve("tiny.onnx"));

    assertRefused(
        file,
        Code.MODEL_TOO_COSTLY,
        "The model tiny.onnx has an input [1, 3, 99999, 99999], more than the 134 million numbers that one may have; export it with a smaller batch or for smaller pictures.");
  }

  @Test
  void shouldRefuseSeveralInputs() {
    Path file =
        model().input("scale", DataType.FLOAT, "batch", 2).write(folder.resolve("tiny.onnx"));

    assertRefused(
        file,
        Code.MODEL_UNSUPPORTED,
        "The model tiny.onnx has the inputs [images float[-1, 3, 64, 64], scale float[-1, 2]]; use a detector with one input [batch, 3, height, width] of float32, float16 or uint8, up to 4096 pixels each way and 1000 pictures.");
  }

  @Test
  void shouldRefuseAGiantOutput() {
    Path file =
        TinyModels.model()
            .input("images", DataType.FLOAT, "batch", 3, 64, 64)
            .output("output0", DataType.FLOAT, new float[] {0}, 2_000_000, 85)
            .write(folder.resolve("tiny.onnx"));

    assertRefused(
        file,
        Code.MODEL_TOO_COSTLY,
        "The model tiny.onnx has an output [-1, 2000000, 85], more than the 134 million numbers that one may have; export it with a smaller batch or for smaller pictures.");
  }

  @Test
  void shouldRefuseAModelThatGivesNoNumbers() {
    assertRefused(
        tiny("colours-v8-nan.onnx"),
        Code.MODEL_OUTPUT_INVALID,
        "The model colours-v8-nan.onnx gives no detections for a picture (a box in the model's output isn't made of finite numbers); export it again.");
  }

  @Test
  void shouldKeepStrangersWordsInOneLine() throws IOException {
    ModelProto.Builder model = model().proto();
    model
        .getGraphBuilder()
        .addNodeBuilder()
        .setDomain("evil")
        .setOpType("\u001b[2J\nzoetrope: all is well" + "!".repeat(10_000));

    assertThatExceptionOfType(ModelException.class)
        .isThrownBy(() -> Model.load(write(model)))
        .withMessageStartingWith(
            "The model tiny.onnx needs the operator evil:?[2J?zoetrope: all is well!!!")
        .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(1100));
  }

  private static TinyModels model() {
    return TinyModels.model()
        .input("images", DataType.FLOAT, "batch", 3, 64, 64)
        .output("output0", DataType.FLOAT, new float[] {0.01f}, 7, 84);
  }

  private Path write(ModelProto.Builder model) throws IOException {
    return Files.write(folder.resolve("tiny.onnx"), model.build().toByteArray());
  }

  private static void assertRefused(Path file, Code code, String message) {
    assertThatExceptionOfType(ModelException.class)
        .isThrownBy(() -> Model.load(file))
        .withMessage(message)
        .returns(code, ModelException::code);
  }
}
