package io.zoetrope.detector.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;

/**
 * With as many rows as a run finds, out of memory that ONNX Runtime allocates: exports with
 * suppression inside, whose tables are small.
 */
final class VaryingTables implements OutputTables {
  private final ModelOutput output;
  private final Set<String> names;
  private int pictures = 1;
  private FloatBuffer floats = FloatBuffer.allocate(0);

  VaryingTables(ModelOutput output) {
    this.output = output;
    this.names = Set.of(output.name());
  }

  @Override
  public void run(OrtSession session, Map<String, OnnxTensor> inputs, int pictures)
      throws OrtException {
    try (OrtSession.Result result = session.run(inputs, names)) {
      OnnxTensor tensor = (OnnxTensor) result.get(0);
      long[] shape = tensor.getInfo().getShape();
      if (!output.mayHave(shape, pictures)) {
        throw new ArithmeticException(
            "the model's output is %s where it was %s"
                .formatted(Arrays.toString(shape), output.dimensions()));
      }
      ByteBuffer elements = tensor.getByteBuffer();
      FloatBuffer read = FloatBuffer.allocate(elements.remaining() / output.type().bytes());
      output.type().read(elements, read);
      floats = read;
      this.pictures = pictures;
    }
  }

  @Override
  public FloatBuffer table(int slot) {
    int length = floats.capacity() / pictures;
    return floats.slice(slot * length, length);
  }

  @Override
  public void close() {
    // All memory is Java's.
  }
}
