package io.zoetrope.detector.boxes;

import java.nio.FloatBuffer;

/**
 * Reads the raw output of one model family. An instance keeps scratch space and serves one thread
 * at a time.
 */
public interface OutputDecoder {
  /**
   * Adds every box that passes the confidence rule of the family, in the order of the model's rows.
   *
   * @param output of one image, the batch dimension left out; read from index 0, position untouched
   * @param confidence threshold, 0 to 1
   * @throws ArithmeticException where a box that passes isn't made of finite numbers
   */
  void decode(FloatBuffer output, float confidence, Candidates found);

  /** Whether every output may have another number of rows, with as many as there is room for. */
  default boolean takesAnyRows() {
    return false;
  }

  /**
   * Whether a box of this score passes the confidence rule of the family: above the threshold,
   * where a family doesn't say otherwise.
   */
  default boolean passes(float score, float confidence) {
    return score > confidence;
  }
}
