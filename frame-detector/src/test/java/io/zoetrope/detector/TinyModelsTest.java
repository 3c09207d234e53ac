package io.zoetrope.detector;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TinyModelsTest {
  private static final OrtEnvironment ENVIRONMENT = OrtEnvironment.getEnvironment();

  @ParameterizedTest
  @CsvSource({"FLOAT, FLOAT, 13", "FLOAT16, FLOAT16, 17", "UINT8, FLOAT, 18", "FLOAT, FLOAT, 21"})
  void shouldGiveTheSameValuesForEveryPicture(DataType in, DataType out, int opset)
      throws OrtException {
    byte[] model =
        TinyModels.model()
            .input("images", in, "batch", 3, "height", "width")
            .head("Exp")
            .output("output0", out, new float[] {1, 2, 3, 4, 5, 6.5f}, 2, 3)
            .metadata("task", "detect")
            .opset(opset)
            .irVersion(8)
            .bytes();

    try (OrtSession session = ENVIRONMENT.createSession(model);
        OnnxTensor images = blank(in, 2, 3, 32, 64);
        OrtSession.Result result = session.run(Map.of("images", images))) {
      OnnxTensor output = (OnnxTensor) result.get(0);
      float[] values = new float[12];
      output.getFloatBuffer().get(values);

      assertThat(session.getMetadata().getCustomMetadata()).containsEntry("task", "detect");
      assertThat(output.getInfo().type)
          .isEqualTo(out == DataType.FLOAT ? OnnxJavaType.FLOAT : OnnxJavaType.FLOAT16);
      assertThat(output.getInfo().getShape()).containsExactly(2, 2, 3);
      assertThat(values).containsExactly(1, 2, 3, 4, 5, 6.5f, 1, 2, 3, 4, 5, 6.5f);
    }
  }

  @ParameterizedTest
  @CsvSource({"1, false, 2, 168", "1, true, 168, 2", "3, true, 504, 2"})
  void shouldHaveAsManyBoxesAsThePictureHasCells(
      int boxesPerCell, boolean cellsFirst, long rows, long columns) throws OrtException {
    byte[] model =
        TinyModels.model()
            .input("images", DataType.FLOAT, "batch", 3, "height", "width")
            .cells("output0", DataType.FLOAT, new float[] {7, 8}, boxesPerCell, cellsFirst)
            .bytes();

    try (OrtSession session = ENVIRONMENT.createSession(model);
        OnnxTensor images = blank(DataType.FLOAT, 1, 3, 64, 128);
        OrtSession.Result result = session.run(Map.of("images", images))) {
      OnnxTensor output = (OnnxTensor) result.get(0);

      assertThat(output.getInfo().getShape()).containsExactly(1, rows, columns);
      assertThat(output.getFloatBuffer().get(1)).isEqualTo(cellsFirst ? 8 : 7);
    }
  }

  @Test
  void shouldHaveAConvolutionThatEndsTheBackbone() {
    assertThat(
            TinyModels.model()
                .input("images", DataType.FLOAT, 1, 3, 64, 64)
                .head("Exp")
                .output("boxes", DataType.FLOAT, new float[] {1}, 300, 4)
                .output("scores", DataType.FLOAT, new float[] {0.5f}, 300, 2)
                .proto()
                .getGraph()
                .getNodeList())
        .extracting(node -> node.getOpType())
        .containsSubsequence("Conv", "Exp", "Add");
  }

  private static OnnxTensor blank(DataType type, long... shape) throws OrtException {
    int bytes = type == DataType.FLOAT ? 4 : type == DataType.FLOAT16 ? 2 : 1;
    OnnxJavaType javaType =
        type == DataType.FLOAT
            ? OnnxJavaType.FLOAT
            : type == DataType.FLOAT16 ? OnnxJavaType.FLOAT16 : OnnxJavaType.UINT8;
    int size = Math.toIntExact(Arrays.stream(shape).reduce(bytes, Math::multiplyExact));
    return OnnxTensor.createTensor(
        ENVIRONMENT,
        ByteBuffer.allocateDirect(size).order(ByteOrder.nativeOrder()),
        shape,
        javaType);
  }
}
