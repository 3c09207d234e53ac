package io.zoetrope.detector.inference;

import io.zoetrope.media.MediaException;

/**
 * Why a frame or a batch came to nothing.
 *
 * @param code stable, for programs
 * @param message a sentence, for people
 */
public record Failure(String code, String message) {
  /** The code of a frame for which the model gave something that is no number. */
  public static final String MODEL_OUTPUT_INVALID = "MODEL_OUTPUT_INVALID";

  /** The code of a frame that could not be prepared or inferred. */
  public static final String INFERENCE_FAILED = "INFERENCE_FAILED";

  /** The code of a batch that could not be decoded, for a reason that has no code of its own. */
  public static final String BATCH_FAILED = "BATCH_FAILED";

  static Failure ofFrame(RuntimeException cause) {
    return of(
        cause, cause instanceof ArithmeticException ? MODEL_OUTPUT_INVALID : INFERENCE_FAILED);
  }

  static Failure ofBatch(RuntimeException cause) {
    return of(cause, BATCH_FAILED);
  }

  private static Failure of(RuntimeException cause, String otherwise) {
    String code = cause instanceof MediaException media ? media.code().name() : otherwise;
    return new Failure(code, cause.getMessage() == null ? cause.toString() : cause.getMessage());
  }
}
