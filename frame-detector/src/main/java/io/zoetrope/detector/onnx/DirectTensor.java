package io.zoetrope.detector.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;

/**
 * A tensor over memory that both Java and ONNX Runtime see, so that nothing is copied between them.
 * The first dimension counts pictures.
 */
final class DirectTensor implements AutoCloseable {
  private static final int ALIGNMENT = 64;

  private final FloatBuffer floats;
  private final int floatsPerPicture;
  private final OnnxTensor tensor;

  DirectTensor(OrtEnvironment environment, long... shape) throws OrtException {
    int size = Math.toIntExact(Arrays.stream(shape).reduce(1, Math::multiplyExact));
    floatsPerPicture = size / Math.toIntExact(shape[0]);
    floats = allocate(size);
    tensor = OnnxTensor.createTensor(environment, floats, shape);
  }

  private static FloatBuffer allocate(int size) {
    int bytes = Math.multiplyExact(size, Float.BYTES);
    // alignedSlice cuts at both ends, so that its length depends on the address, and ONNX Runtime
    // refuses a buffer of another length than the tensor's.
    return ByteBuffer.allocateDirect(bytes + 2 * ALIGNMENT)
        .alignedSlice(ALIGNMENT)
        .slice(0, bytes)
        .order(ByteOrder.nativeOrder())
        .asFloatBuffer();
  }

  /** The floats of one picture. */
  FloatBuffer picture(int index) {
    return floats.slice(index * floatsPerPicture, floatsPerPicture);
  }

  OnnxTensor tensor() {
    return tensor;
  }

  @Override
  public void close() {
    tensor.close();
  }
}
