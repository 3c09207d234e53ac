package io.zoetrope.detector.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.entry;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import io.zoetrope.detector.TinyModels;
import io.zoetrope.detector.family.InputOverride;
import io.zoetrope.detector.family.ModelException;
import io.zoetrope.detector.family.ModelException.Code;
import io.zoetrope.detector.onnx.ModelReport.Problem;
import io.zoetrope.detector.onnx.ModelReport.Tensor;
import io.zoetrope.media.InputFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelReportTest {
  private static final String NAMES = "{0: 'a', 1: 'b', 2: 'c'}";

  @TempDir private Path folder;
  private ModelTrials trials;

  @BeforeEach
  void setUp() {
    trials = new ModelTrials(folder.resolve("tried"), ModelLimits.DEFAULT);
  }

  @Test
  void shouldSayHowADetectorIsUsed() {
    Path file =
        TinyModels.model()
            .input("images", DataType.FLOAT16, "batch", 3, 64, 96)
            .output("output0", DataType.FLOAT16, new float[] {0}, 7, 126)
            .metadata("task", "detect")
            .metadata("names", NAMES)
            .write(folder.resolve("tiny.onnx"));

    ModelReport report = Model.inspect(file, ModelOptions.DEFAULT, trials);

    assertThat(report.problem()).isEmpty();
    assertThat(report.detector())
        .contains(
            new ModelReport.Detector(
                "ultralytics-v8",
                "by its metadata",
                InputFormat.ultralytics(96, 64),
                1,
                new Tensor("output0", "float16", List.of("1", "7", "126")),
                List.of("a", "b", "c")));
    assertThat(report.modelId()).isEqualTo("tiny-" + report.sha256().substring(0, 12));
    assertThat(report.inputs())
        .containsExactly(new Tensor("images", "float16", List.of("batch", "3", "64", "96")));
    assertThat(report.outputs())
        .containsExactly(new Tensor("output0", "float16", List.of("batch", "7", "126")));
    assertThat(report.metadata()).containsExactly(entry("task", "detect"), entry("names", NAMES));
    assertThat(report.bytes()).isEqualTo(file.toFile().length());
    assertThat(report.opsets()).containsExactly(entry("ai.onnx", 13L));
    assertThat(report.irVersion()).isEqualTo(8);
    assertThat(report.producer()).isEqualTo("tiny-models");
  }

  @Test
  void shouldSayThatTheUserNamedTheFamily() {
    Path file = detector().write(folder.resolve("tiny.onnx"));
    ModelOptions options =
        new ModelOptions(Optional.of("end-to-end"), Optional.empty(), InputOverride.NONE);

    ModelReport report = Model.inspect(file, options, trials);

    assertThat(report.detector().orElseThrow().family()).isEqualTo("end-to-end");
    assertThat(report.detector().orElseThrow().reason()).isEqualTo("as you say");
    assertThat(report.modelId()).isNotEqualTo("tiny-" + report.sha256().substring(0, 12));
  }

  @Test
  void shouldShowWhatIsKnownOfWhatCannotBeUsed() throws IOException {
    ModelProto.Builder model = detector().proto();
    model
        .getGraphBuilder()
        .addInitializerBuilder()
        .addExternalDataBuilder()
        .setKey("location")
        .setValue("weights.bin");
    Path file = Files.write(folder.resolve("tiny.onnx"), model.build().toByteArray());

    ModelReport report = Model.inspect(file, ModelOptions.DEFAULT, trials);

    assertThat(report.detector()).isEmpty();
    assertThat(report.problem())
        .contains(
            new Problem(
                "MODEL_EXTERNAL_DATA",
                "The model tiny.onnx keeps weights in other files (weights.bin), which are never read; export it into one file."));
    assertThat(report.outputs())
        .containsExactly(new Tensor("output0", "float32", List.of("1", "300", "6")));
  }

  @Test
  void shouldFailWhereNothingIsKnown() throws IOException {
    Path file = Files.writeString(folder.resolve("tiny.onnx"), "nothing");

    assertThatExceptionOfType(ModelException.class)
        .isThrownBy(() -> Model.inspect(file, ModelOptions.DEFAULT, trials))
        .returns(Code.MODEL_INVALID, ModelException::code);
  }

  private static TinyModels detector() {
    return TinyModels.model()
        .input("images", DataType.FLOAT, 1, 3, 64, 64)
        .output("output0", DataType.FLOAT, new float[] {0}, 300, 6);
  }
}
