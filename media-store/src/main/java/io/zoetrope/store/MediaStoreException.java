package io.zoetrope.store;

/** Bytes that can't be stored or had; {@link #code} is stable, the message is a sentence. */
public final class MediaStoreException extends RuntimeException {
  static final String STORE_UNREACHABLE = "STORE_UNREACHABLE";

  private static final long serialVersionUID = 1L;

  private final String code;

  MediaStoreException(String code, String message) {
    super(message);
    this.code = code;
  }

  MediaStoreException(String code, String message, Throwable cause) {
    super(message, cause);
    this.code = code;
  }

  /** Stable, in capitals, as {@link MediaStore} lists them. */
  public String code() {
    return code;
  }
}
