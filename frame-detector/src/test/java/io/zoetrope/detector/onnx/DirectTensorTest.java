package io.zoetrope.detector.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import java.nio.FloatBuffer;
import org.junit.jupiter.api.Test;

class DirectTensorTest {
  @Test
  void shouldHaveTheSizeOfItsShapeWhateverTheAddress() throws OrtException {
    for (int size = 1; size <= 200; size++) {
      try (DirectTensor tensor =
          new DirectTensor(OrtEnvironment.getEnvironment(), ElementType.FLOAT32, 2, size)) {
        assertThat(tensor.picture(1).capacity()).isEqualTo(size);
        assertThat(tensor.picture(1).isDirect()).isTrue();
      }
    }
  }

  @Test
  void shouldShareItsMemoryWithOnnxRuntime() throws OrtException {
    try (DirectTensor tensor =
        new DirectTensor(OrtEnvironment.getEnvironment(), ElementType.FLOAT32, 2, 3)) {
      tensor.picture(1).put(2, 7f);

      assertThat(tensor.tensor().getFloatBuffer())
          .isEqualTo(FloatBuffer.wrap(new float[] {0, 0, 0, 0, 0, 7}));
    }
  }
}
