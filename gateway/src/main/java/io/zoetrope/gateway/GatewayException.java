package io.zoetrope.gateway;

/** The API can't be served; {@link #code} is stable, the message is a sentence. */
public final class GatewayException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String code;

  GatewayException(String code, String message, Throwable cause) {
    super(message, cause);
    this.code = code;
  }

  /** {@code PORT_IN_USE}, {@code ADDRESS_UNUSABLE}. */
  public String code() {
    return code;
  }
}
