package io.zoetrope.detector.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Always as large, in memory that ONNX Runtime writes into. */
final class FixedTables implements OutputTables {
  private final DirectTensor tensor;
  private final String name;
  private final List<FloatBuffer> tables;

  FixedTables(OrtEnvironment environment, ModelOutput output) throws OrtException {
    tensor = new DirectTensor(environment, output.type(), output.shape());
    name = output.name();
    tables = IntStream.range(0, output.pictures()).mapToObj(tensor::picture).toList();
  }

  @Override
  public void run(OrtSession session, Map<String, OnnxTensor> inputs, int pictures)
      throws OrtException {
    session.run(inputs, Map.of(name, tensor.tensor(pictures))).close();
    tensor.pull(pictures);
  }

  @Override
  public FloatBuffer table(int slot) {
    return tables.get(slot);
  }

  @Override
  public void close() {
    tensor.close();
  }
}
