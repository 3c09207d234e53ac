package io.zoetrope.detector.inference;

import io.zoetrope.detector.onnx.Model;
import java.util.OptionalInt;

/**
 * How many workers a detector is to have.
 *
 * @param fixed empty where it is to be measured with the model itself
 */
public record WorkerChoice(OptionalInt fixed) {
  private static final String MEASURED = "auto";

  public WorkerChoice {
    if (fixed.isPresent() && fixed.getAsInt() < 1) {
      throw new IllegalArgumentException("a detector needs a worker, not " + fixed.getAsInt());
    }
  }

  /** As many as the JVM may use cores; a container's limit counts. */
  public static WorkerChoice asManyAsCores() {
    return new WorkerChoice(OptionalInt.of(Runtime.getRuntime().availableProcessors()));
  }

  /**
   * A number, or {@code auto}.
   *
   * @throws IllegalArgumentException for anything else
   */
  public static WorkerChoice parse(String text) {
    return new WorkerChoice(
        text.equals(MEASURED) ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(text)));
  }

  /** The number for a model; takes about a second where it has to be measured. */
  public int forModel(Model model) {
    return fixed.orElseGet(
        () -> new WorkerTrial(model).fastest(Runtime.getRuntime().availableProcessors()));
  }
}
