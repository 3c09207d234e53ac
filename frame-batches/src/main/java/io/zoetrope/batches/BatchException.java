package io.zoetrope.batches;

/** A batch that can't be decoded because of what it is or what it needs; others may well be. */
public final class BatchException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String code;

  public BatchException(String code, String message) {
    this(code, message, null);
  }

  /** A stable code and a sentence, with what is behind them. */
  public BatchException(String code, String message, Throwable cause) {
    super(message, cause);
    this.code = code;
  }

  /** Stable, for programs. */
  public String code() {
    return code;
  }
}
