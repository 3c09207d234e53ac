package io.zoetrope.detector.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.AttributeProto.AttributeType;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import io.zoetrope.detector.TinyModels;
import io.zoetrope.detector.family.InputOverride;
import io.zoetrope.detector.family.ModelException;
import io.zoetrope.detector.family.ModelException.Code;
import io.zoetrope.media.InputFormat;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a lane is given is what the model sees. */
class InputTypesTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "FLOAT, FLOAT, 0", "FLOAT, FLOAT16, 0.0005", "FLOAT16, FLOAT16, 0.0005",
    "FLOAT16, FLOAT, 0.0005", "UINT8, FLOAT, 0.5", "UINT8, FLOAT16, 0.5"
  })
  void shouldShowTheModelWhatItWasGiven(DataType input, DataType output, float tolerance)
      throws IOException {
    try (Model model = Model.load(meanColours(input, output));
        InferenceLane lane = model.newLane()) {
      float scale = model.inputFormat().unitScale() ? 1 : 255;
      FloatBuffer picture = lane.input(0);
      for (int i = 0; i < picture.capacity(); i++) {
        int plane = i / (picture.capacity() / 3);
        picture.put(i, (0.2f + 0.3f * plane) * scale);
      }

      lane.run();

      for (int plane = 0; plane < 3; plane++) {
        assertThat(lane.output(0).get(4 + plane))
            .isCloseTo((0.2f + 0.3f * plane) * scale, within(tolerance + 1e-5f * scale));
      }
    }
  }

  @Test
  void shouldGiveBytesTheirOwnRange() throws IOException {
    try (Model model = Model.load(meanColours(DataType.UINT8, DataType.FLOAT))) {
      assertThat(model.inputFormat())
          .isEqualTo(InputOverride.parse("0..255").applyTo(InputFormat.ultralytics(64, 64)));
    }
    assertThatExceptionOfType(ModelException.class)
        .isThrownBy(
            () ->
                Model.load(
                    meanColours(DataType.UINT8, DataType.FLOAT),
                    new ModelOptions(
                        Optional.empty(), Optional.empty(), InputOverride.parse("0..1"))))
        .withMessageContaining("takes bytes, which are from 0 to 255")
        .returns(Code.MODEL_OPTION_INVALID, ModelException::code);
  }

  @Test
  void shouldRefuseChannelsThatComeLast() {
    Path file =
        TinyModels.model()
            .input("images", DataType.FLOAT, 1, 64, 64, 3)
            .output("output0", DataType.FLOAT, new float[1], 84, 84)
            .write(folder.resolve("nhwc.onnx"));

    assertThatExceptionOfType(ModelException.class)
        .isThrownBy(() -> Model.load(file))
        .withMessage(
            "The model nhwc.onnx has the input images float[1, 64, 64, 3], with the channels last; export it with the channels first: [batch, 3, height, width].")
        .returns(Code.MODEL_UNSUPPORTED, ModelException::code);
  }

  @ParameterizedTest
  @ValueSource(strings = {"INT64", "INT32", "DOUBLE"})
  void shouldRefuseInputsAndOutputsOfOtherTypes(DataType type) {
    Path input =
        TinyModels.model()
            .input("images", type, 1, 3, 64, 64)
            .output("output0", DataType.FLOAT, new float[1], 7, 84)
            .write(folder.resolve("input.onnx"));
    Path output =
        TinyModels.model()
            .input("images", DataType.FLOAT, 1, 3, 64, 64)
            .output("output0", type, new float[1], 7, 84)
            .write(folder.resolve("output.onnx"));

    assertThatExceptionOfType(ModelException.class)
        .isThrownBy(() -> Model.load(input))
        .withMessageContaining("of float32, float16 or uint8")
        .returns(Code.MODEL_UNSUPPORTED, ModelException::code);
    assertThatExceptionOfType(ModelException.class)
        .isThrownBy(() -> Model.load(output))
        .withMessageContaining("export it with one of float32 or float16")
        .returns(Code.MODEL_UNSUPPORTED, ModelException::code);
  }

  /** A model of one box whose scores are the means of the three planes. */
  private Path meanColours(DataType input, DataType output) throws IOException {
    ModelProto.Builder model =
        TinyModels.model()
            .input("images", input, 1, 3, 64, 64)
            .output("output0", output, new float[1], 7, 1)
            .metadata("task", "detect")
            .metadata("names", "['red', 'green', 'blue']")
            .proto();
    GraphProto.Builder graph = model.getGraphBuilder().clearNode();
    graph.addInitializer(
        constant("boxes", DataType.FLOAT, 1, 4, 1)
            .addFloatData(32)
            .addFloatData(32)
            .addFloatData(9)
            .addFloatData(9));
    graph.addInitializer(
        constant("shape", DataType.INT64, 3).addInt64Data(1).addInt64Data(3).addInt64Data(1));
    graph.addNode(
        node("Cast", "floats", "images").addAttribute(attribute("to", DataType.FLOAT_VALUE)));
    graph.addNode(node("GlobalAveragePool", "means", "floats"));
    graph.addNode(node("Reshape", "scores", "means", "shape"));
    graph.addNode(node("Concat", "table", "boxes", "scores").addAttribute(attribute("axis", 1)));
    graph.addNode(
        node("Cast", "output0", "table").addAttribute(attribute("to", output.getNumber())));
    return Files.write(folder.resolve("means.onnx"), model.build().toByteArray());
  }

  private static TensorProto.Builder constant(String name, DataType type, long... shape) {
    TensorProto.Builder tensor =
        TensorProto.newBuilder().setName(name).setDataType(type.getNumber());
    for (long dimension : shape) {
      tensor.addDims(dimension);
    }
    return tensor;
  }

  private static NodeProto.Builder node(String operator, String result, String... inputs) {
    NodeProto.Builder node = NodeProto.newBuilder().setOpType(operator).addOutput(result);
    for (String input : inputs) {
      node.addInput(input);
    }
    return node;
  }

  private static AttributeProto attribute(String name, long value) {
    return AttributeProto.newBuilder().setName(name).setType(AttributeType.INT).setI(value).build();
  }
}
