package io.zoetrope.gateway.pictures;

/** A picture that can't be made; {@link #code} is stable, the message is a sentence. */
public final class PictureException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Nobody who makes pictures answers. */
  public static final String UNAVAILABLE = "PICTURES_UNAVAILABLE";

  /** All who make pictures have enough to do. */
  public static final String BUSY = "PICTURES_BUSY";

  private final String code;

  public PictureException(String code, String message) {
    this(code, message, null);
  }

  public PictureException(String code, String message, Throwable cause) {
    super(message, cause);
    this.code = code;
  }

  public String code() {
    return code;
  }
}
