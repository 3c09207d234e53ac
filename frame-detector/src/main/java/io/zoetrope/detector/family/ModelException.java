package io.zoetrope.detector.family;

import java.util.regex.Pattern;

/** A model that can't be used. The message is one line that names the file and says what to do. */
public final class ModelException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");
  private static final int MAX_LENGTH = 1000;

  /** Stable names of what can be wrong with a model. */
  public enum Code {
    /** There is no such file, or it can't be read. */
    MODEL_NOT_FOUND,
    /** The file is no ONNX model, or a broken one. */
    MODEL_INVALID,
    /** The file is larger than a limit. */
    MODEL_TOO_LARGE,
    /** Weights lie in other files. */
    MODEL_EXTERNAL_DATA,
    /** It needs an operator that is neither in the file nor in ONNX Runtime. */
    MODEL_OPERATOR_UNSUPPORTED,
    /** It was made for a later ONNX than ONNX Runtime knows. */
    MODEL_TOO_NEW,
    /** To load or to run it kills the process. */
    MODEL_CRASHED,
    /** To load or to run it takes more memory or time than a limit. */
    MODEL_TOO_COSTLY,
    /** It gives what is no number, or outputs of changing shape. */
    MODEL_OUTPUT_INVALID,
    /** A model, but no detector whose layout is known. */
    MODEL_UNSUPPORTED,
    /** More than one family fits. */
    MODEL_FAMILY_AMBIGUOUS,
    /** What the user says about a model doesn't fit it, or can't be read. */
    MODEL_OPTION_INVALID,
    /** It can't be run where the user wants it to. */
    DEVICE_UNAVAILABLE
  }

  private final Code code;

  public ModelException(Code code, String message) {
    super(line(message));
    this.code = code;
  }

  public ModelException(Code code, String message, Throwable cause) {
    super(line(message), cause);
    this.code = code;
  }

  /** Names in a stranger's file end up in messages. */
  private static String line(String message) {
    String line = CONTROL.matcher(message).replaceAll("?");
    return line.length() <= MAX_LENGTH ? line : line.substring(0, MAX_LENGTH) + " ...";
  }

  public Code code() {
    return code;
  }
}
