package io.zoetrope.detector.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * A tensor over memory that both Java and ONNX Runtime see, so that nothing is copied between them;
 * only where its elements aren't float32, Java's floats are beside them. The first dimension counts
 * pictures.
 */
final class DirectTensor implements AutoCloseable {
  private static final int ALIGNMENT = 64;

  private final OrtEnvironment environment;
  private final ElementType type;
  private final long[] shape;
  private final ByteBuffer elements;
  private final FloatBuffer floats;
  private final int floatsPerPicture;

  /** Over the first pictures of the memory, by how many. */
  private final Map<Integer, OnnxTensor> tensors = new HashMap<>();

  DirectTensor(OrtEnvironment environment, ElementType type, long... shape) throws OrtException {
    int size = Math.toIntExact(Arrays.stream(shape).reduce(1, Math::multiplyExact));
    this.environment = environment;
    this.type = type;
    this.shape = shape.clone();
    floatsPerPicture = size / Math.toIntExact(shape[0]);
    elements = allocate(Math.multiplyExact(size, type.bytes()));
    floats =
        (isShared() ? elements : allocate(Math.multiplyExact(size, Float.BYTES))).asFloatBuffer();
    tensor(pictures());
  }

  private int pictures() {
    return Math.toIntExact(shape[0]);
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

  /** Lets ONNX Runtime see what Java wrote of the first pictures. */
  void push(int pictures) {
    if (!isShared()) {
      type.write(floats.slice(0, pictures * floatsPerPicture), elements);
    }
  }

  /** Lets Java see what ONNX Runtime wrote of the first pictures. */
  void pull(int pictures) {
    if (!isShared()) {
      type.read(elements, floats.slice(0, pictures * floatsPerPicture));
    }
  }

  /** Of all pictures. */
  OnnxTensor tensor() {
    return tensors.get(pictures());
  }

  /** Of the first pictures; stays this one's to close. */
  OnnxTensor tensor(int pictures) throws OrtException {
    OnnxTensor known = tensors.get(pictures);
    if (known == null) {
      long[] part = shape.clone();
      part[0] = pictures;
      ByteBuffer first =
          elements
              .slice(0, pictures * floatsPerPicture * type.bytes())
              .order(ByteOrder.nativeOrder());
      known = OnnxTensor.createTensor(environment, first, part, type.onnxType());
      tensors.put(pictures, known);
    }
    return known;
  }

  @Override
  public void close() {
    tensors.values().forEach(OnnxTensor::close);
  }
}
