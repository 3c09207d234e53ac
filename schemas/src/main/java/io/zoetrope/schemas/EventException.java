package io.zoetrope.schemas;

/**
 * An event, a schema or a topic that can't be used; {@link #code} is stable, the message is a
 * sentence.
 */
public final class EventException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String code;

  public EventException(String code, String message) {
    super(message);
    this.code = code;
  }

  public EventException(String code, String message, Throwable cause) {
    super(message, cause);
    this.code = code;
  }

  /** Stable, in capitals: {@code RECORD_UNREADABLE}, {@code SCHEMA_REGISTRY_UNREACHABLE}, ... */
  public String code() {
    return code;
  }
}
