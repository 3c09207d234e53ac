package io.zoetrope.detector.onnx;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The input and output of one worker, used again for every inference: write pictures into {@link
 * #input}, {@link #run}, read {@link #output}. One thread at a time; lanes of a model run side by
 * side. To be closed before its model.
 */
public final class InferenceLane implements AutoCloseable {
  private final OrtSession session;
  private final DirectTensor input;
  private final OutputTables output;
  private final String inputName;
  private final boolean takesFewer;
  private final List<FloatBuffer> pictures;

  InferenceLane(ModelSession model, ModelOutput modelOutput) throws OrtException {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    ModelInput modelInput = model.input();
    this.session = model.ort();
    this.input = new DirectTensor(environment, modelInput.type(), modelInput.shape());
    this.output =
        modelOutput.rowsVary()
            ? new VaryingTables(modelOutput)
            : new FixedTables(environment, modelOutput);
    this.inputName = modelInput.name();
    this.takesFewer = model.takesFewer();
    this.pictures = IntStream.range(0, modelInput.batch()).mapToObj(input::picture).toList();
  }

  /** Pictures that one run takes. */
  public int batchSize() {
    return pictures.size();
  }

  /**
   * Where picture {@code slot} goes: {@code float[3][height][width]}, direct, position 0; floats
   * whatever the model takes.
   */
  public FloatBuffer input(int slot) {
    return pictures.get(slot);
  }

  /**
   * What the last run made of picture {@code slot}, laid out as its family does, to the limit;
   * position 0.
   */
  public FloatBuffer output(int slot) {
    return output.table(slot);
  }

  /** Runs the model over every slot; else as the other. */
  public void run() {
    run(batchSize());
  }

  /**
   * Runs the model over the first slots, on the calling thread alone; over all of them where the
   * model or its device can't do with fewer.
   *
   * @param filled how many slots have pictures in them
   * @throws IllegalStateException where ONNX Runtime fails
   * @throws ArithmeticException where the output isn't of the shape that it was of
   */
  public void run(int filled) {
    int taken = takesFewer ? filled : batchSize();
    try {
      input.push(taken);
      output.run(session, Map.of(inputName, input.tensor(taken)), taken);
    } catch (OrtException e) {
      throw new IllegalStateException("ONNX Runtime failed: " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    input.close();
    output.close();
  }
}
