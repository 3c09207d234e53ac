package io.zoetrope.detector.family;

/**
 * A model that can't be used. The message is a sentence that names the file and says what to do.
 */
public final class ModelException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Stable names of what can be wrong with a model. */
  public enum Code {
    /** There is no such file, or it can't be read. */
    MODEL_NOT_FOUND,
    /** The file is no ONNX model, or a broken one. */
    MODEL_INVALID,
    /** A model, but no detector whose layout is known. */
    MODEL_UNSUPPORTED,
    /** More than one family fits. */
    MODEL_FAMILY_AMBIGUOUS,
    /** What the user says about a model doesn't fit it, or can't be read. */
    MODEL_OPTION_INVALID
  }

  private final Code code;

  public ModelException(Code code, String message) {
    super(message);
    this.code = code;
  }

  public ModelException(Code code, String message, Throwable cause) {
    super(message, cause);
    this.code = code;
  }

  public Code code() {
    return code;
  }
}
