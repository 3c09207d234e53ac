package io.zoetrope.cli.client;

/**
 * An answer that isn't the one asked for: the stable code and the sentence of its problem document
 * (RFC 9457).
 */
public final class ApiException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final String code;

  ApiException(int status, String code, String detail) {
    super(detail);
    this.status = status;
    this.code = code;
  }

  public String code() {
    return code;
  }

  /** Whether the same question may well be answered a moment later. */
  public boolean isTransient() {
    return status == 404 || status == 502 || status == 503 || status == 504;
  }
}
