package io.zoetrope.detector.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;

/**
 * A tensor over memory that both Java and ONNX Runtime see, so that nothing is copied between them;
 * only where its elements aren't float32, Java's floats are beside them. The first dimension counts
 * pictures.
 */
final class DirectTensor implements AutoCloseable {
  private static final int ALIGNMENT = 64;

  private final ElementType type;
  private final ByteBuffer elements;
  private final FloatBuffer floats;
  private final int floatsPerPicture;
  private final OnnxTensor tensor;

  DirectTensor(OrtEnvironment environment, ElementType type, long... shape) throws OrtException {
    int size = Math.toIntExact(Arrays.stream(shape).reduce(1, Math::multiplyExact));
    this.type = type;
    floatsPerPicture = size / Math.toIntExact(shape[0]);
    elements = allocate(Math.multiplyExact(size, type.bytes()));
    floats =
        (isShared() ? elements : allocate(Math.multiplyExact(size, Float.BYTES))).asFloatBuffer();
    tensor = OnnxTensor.createTensor(environment, elements, shape, type.onnxType());
  }

  private static ByteBuffer allocate(int bytes) {
    // alignedSlice cuts at both ends, so that its length depends on the address, and ONNX Runtime
    // refuses a buffer of another length than the tensor's.
    return ByteBuffer.allocateDirect(bytes + 2 * ALIGNMENT)
        .alignedSlice(ALIGNMENT)
        .slice(0, bytes)
        .order(ByteOrder.nativeOrder());
  }

  private boolean isShared() {
    return type == ElementType.FLOAT32;
  }

  /** The floats of one picture. */
  FloatBuffer picture(int index) {
    return floats.slice(index * floatsPerPicture, floatsPerPicture);
  }

  /** Lets ONNX Runtime see what Java wrote. */
  void push() {
    if (!isShared()) {
      type.write(floats, elements);
    }
  }

  /** Lets Java see what ONNX Runtime wrote. */
  void pull() {
    if (!isShared()) {
      type.read(elements, floats);
    }
  }

  OnnxTensor tensor() {
    return tensor;
  }

  @Override
  public void close() {
    tensor.close();
  }
}
