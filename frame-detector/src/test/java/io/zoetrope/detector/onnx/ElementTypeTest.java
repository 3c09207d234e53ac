package io.zoetrope.detector.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ElementTypeTest {
  @Test
  void shouldReadBackEveryHalf() {
    short[] halves = new short[1 << 16];
    for (int i = 0; i < halves.length; i++) {
      halves[i] = (short) i;
    }
    ByteBuffer elements = direct(2 * halves.length);
    elements.asShortBuffer().put(halves);
    FloatBuffer floats = direct(4 * halves.length).asFloatBuffer();

    ElementType.FLOAT16.read(elements, floats);
    ElementType.FLOAT16.write(floats, elements);

    for (int i = 0; i < halves.length; i++) {
      boolean isNan = (i & 0x7c00) == 0x7c00 && (i & 0x3ff) != 0;
      if (isNan) {
        assertThat(floats.get(i)).isNaN();
      } else {
        assertThat(floats.get(i)).isEqualTo(valueOfHalf(i));
        assertThat(elements.asShortBuffer().get(i)).isEqualTo((short) i);
      }
    }
  }

  /** IEEE 754-2008, binary16. */
  private static float valueOfHalf(int bits) {
    int exponent = bits >> 10 & 0x1f;
    int fraction = bits & 0x3ff;
    double magnitude =
        switch (exponent) {
          case 0 -> Math.scalb((double) fraction, -24);
          case 0x1f -> Double.POSITIVE_INFINITY;
          default -> Math.scalb(1024.0 + fraction, exponent - 25);
        };
    return (float) (bits < 0x8000 ? magnitude : -magnitude);
  }

  @ParameterizedTest
  @ValueSource(longs = {51, 52, 53})
  void shouldRoundToTheNearestHalf(long seed) {
    Random random = new Random(seed);
    FloatBuffer floats = direct(4 * 20_000).asFloatBuffer();
    for (int i = 0; i < floats.capacity(); i++) {
      floats.put(i, random.nextFloat() * (i % 2 == 0 ? 1 : 640));
    }
    ByteBuffer halves = direct(2 * floats.capacity());
    FloatBuffer back = direct(4 * floats.capacity()).asFloatBuffer();

    ElementType.FLOAT16.write(floats, halves);
    ElementType.FLOAT16.read(halves, back);

    for (int i = 0; i < floats.capacity(); i++) {
      double step = Math.scalb(1.0, Math.max(-14, Math.getExponent(floats.get(i))) - 10);
      assertThat(Math.abs((double) back.get(i) - floats.get(i)))
          .as("seed %d: %s", seed, floats.get(i))
          .isLessThanOrEqualTo(step / 2);
    }
  }

  @Test
  void shouldRoundToTheNearestByteAndCutOff() {
    float[] values = {-3, 0, 0.49f, 0.5f, 1, 127.4f, 127.6f, 254.5f, 255, 300};
    FloatBuffer floats = direct(4 * values.length).asFloatBuffer().put(values).clear();
    ByteBuffer bytes = direct(values.length);

    ElementType.UINT8.write(floats, bytes);
    ElementType.UINT8.read(bytes, floats);

    float[] back = new float[values.length];
    floats.get(0, back);
    assertThat(back).containsExactly(0, 0, 0, 1, 1, 127, 128, 255, 255, 255);
  }

  @ParameterizedTest
  @EnumSource(ElementType.class)
  void shouldBridgeMoreThanOneChunkToOnnxRuntime(ElementType type) throws OrtException {
    long seed = 61;
    Random random = new Random(seed);
    try (DirectTensor tensor =
        new DirectTensor(OrtEnvironment.getEnvironment(), type, 3, 3, 70, 50)) {
      float[][] pictures = new float[3][3 * 70 * 50];
      for (int i = 0; i < pictures.length; i++) {
        for (int j = 0; j < pictures[i].length; j++) {
          pictures[i][j] = random.nextInt(256);
        }
        tensor.picture(i).put(0, pictures[i]);
      }

      tensor.push(3);
      float[] seen = seen(type, tensor);
      for (int i = 0; i < pictures.length; i++) {
        tensor.picture(i).put(0, new float[pictures[i].length]);
      }
      if (type != ElementType.FLOAT32) {
        tensor.pull(3);
      }

      for (int i = 0; i < pictures.length; i++) {
        for (int j = 0; j < pictures[i].length; j++) {
          assertThat(seen[i * pictures[i].length + j]).isEqualTo(pictures[i][j]);
          assertThat(tensor.picture(i).get(j))
              .isEqualTo(type == ElementType.FLOAT32 ? 0 : pictures[i][j]);
        }
      }
    }
  }

  /** The whole tensor as ONNX Runtime has it. */
  private static float[] seen(ElementType type, DirectTensor tensor) {
    float[] seen = new float[3 * 3 * 70 * 50];
    if (type == ElementType.UINT8) {
      ByteBuffer bytes = tensor.tensor().getByteBuffer();
      for (int i = 0; i < seen.length; i++) {
        seen[i] = Byte.toUnsignedInt(bytes.get(i));
      }
    } else {
      tensor.tensor().getFloatBuffer().get(seen);
    }
    return seen;
  }

  private static ByteBuffer direct(int bytes) {
    return ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
  }
}
