package io.zoetrope.topology.query;

/** A question that can't be answered; {@link #code} is stable, the message is a sentence. */
public final class QueryException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** The stores that hold the answer can't be read just now. */
  public static final String STORES_NOT_READY = "STORES_NOT_READY";

  /** The cursor is none that an earlier page gave. */
  public static final String CURSOR_INVALID = "CURSOR_INVALID";

  private final String code;

  public QueryException(String code, String message) {
    super(message);
    this.code = code;
  }

  public QueryException(String code, String message, Throwable cause) {
    super(message, cause);
    this.code = code;
  }

  /** {@link #STORES_NOT_READY} or {@link #CURSOR_INVALID}. */
  public String code() {
    return code;
  }
}
