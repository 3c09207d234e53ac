package io.zoetrope.detector.onnx;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.TensorInfo;
import ai.onnxruntime.platform.Fp16Conversions;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Optional;

/** The types that the numbers of a tensor can have, and the way between them and Java's floats. */
enum ElementType {
  FLOAT32(OnnxJavaType.FLOAT),
  FLOAT16(OnnxJavaType.FLOAT16),
  UINT8(OnnxJavaType.UINT8);

  private static final int CHUNK = 1 << 13;
  private static final float WHITE = 255;

  private final OnnxJavaType onnxType;

  ElementType(OnnxJavaType onnxType) {
    this.onnxType = onnxType;
  }

  /** That of a tensor, where it is one of these. */
  static Optional<ElementType> of(TensorInfo tensor) {
    return Arrays.stream(values()).filter(type -> type.onnxType == tensor.type).findFirst();
  }

  OnnxJavaType onnxType() {
    return onnxType;
  }

  int bytes() {
    return onnxType.size;
  }

  /**
   * Writes every float into a tensor's memory: rounded to the nearest, and, for bytes, cut off at 0
   * and 255.
   *
   * @param elements in native byte order; its position isn't moved, nor that of {@code floats}
   */
  void write(FloatBuffer floats, ByteBuffer elements) {
    int size = floats.remaining();
    float[] chunk = new float[Math.min(CHUNK, size)];
    for (int start = 0; start < size; start += chunk.length) {
      int count = Math.min(chunk.length, size - start);
      floats.get(floats.position() + start, chunk, 0, count);
      write(chunk, count, elements, start);
    }
  }

  private void write(float[] chunk, int count, ByteBuffer elements, int start) {
    switch (this) {
      case FLOAT32 -> elements.asFloatBuffer().put(start, chunk, 0, count);
      case FLOAT16 -> {
        short[] halves = new short[count];
        for (int i = 0; i < count; i++) {
          halves[i] = Fp16Conversions.floatToFp16(chunk[i]);
        }
        elements.asShortBuffer().put(start, halves);
      }
      case UINT8 -> {
        byte[] bytes = new byte[count];
        for (int i = 0; i < count; i++) {
          bytes[i] = (byte) (int) (Math.max(0, Math.min(WHITE, chunk[i])) + 0.5f);
        }
        elements.put(elements.position() + start, bytes);
      }
    }
  }

  /** Reads every float out of a tensor's memory: the way back from {@link #write}. */
  void read(ByteBuffer elements, FloatBuffer floats) {
    int size = floats.remaining();
    float[] chunk = new float[Math.min(CHUNK, size)];
    for (int start = 0; start < size; start += chunk.length) {
      int count = Math.min(chunk.length, size - start);
      read(elements, start, chunk, count);
      floats.put(floats.position() + start, chunk, 0, count);
    }
  }

  private void read(ByteBuffer elements, int start, float[] chunk, int count) {
    switch (this) {
      case FLOAT32 -> elements.asFloatBuffer().get(start, chunk, 0, count);
      case FLOAT16 -> {
        short[] halves = new short[count];
        elements.asShortBuffer().get(start, halves);
        for (int i = 0; i < count; i++) {
          chunk[i] = Fp16Conversions.fp16ToFloat(halves[i]);
        }
      }
      case UINT8 -> {
        byte[] bytes = new byte[count];
        elements.get(elements.position() + start, bytes);
        for (int i = 0; i < count; i++) {
          chunk[i] = Byte.toUnsignedInt(bytes[i]);
        }
      }
    }
  }
}
