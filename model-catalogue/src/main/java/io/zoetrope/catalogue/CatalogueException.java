package io.zoetrope.catalogue;

/**
 * A catalogue, a pull or a pulled model that can't be used: a stable code and one sentence that
 * names the input and says what to do.
 */
public final class CatalogueException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What went wrong, for programs. */
  public enum Code {
    /** A catalogue file, or the file of pins, that can't be read. */
    CATALOGUE_INVALID,
    /** A name that no catalogue has. */
    MODEL_NOT_FOUND,
    /** Not here, and {@code models.pull} forbids to pull it. */
    MODEL_NOT_PULLED,
    /** Bytes other than those that the catalogue or a pin names. */
    MODEL_HASH_MISMATCH,
    /** The server, or the way to it, doesn't give the file. */
    MODEL_UNAVAILABLE,
    /** More bytes than a model may have. */
    MODEL_TOO_LARGE,
    /** The folder of models can't be written: permissions, or a full disk. */
    MODELS_FOLDER_UNWRITABLE,
    /** A proxy setting that can't be followed. */
    PROXY_INVALID,
    /** The thread was interrupted while it waited. */
    INTERRUPTED
  }

  private final Code code;

  CatalogueException(Code code, String sentence) {
    this(code, sentence, null);
  }

  CatalogueException(Code code, String sentence, Throwable cause) {
    super(sentence, cause);
    this.code = code;
  }

  public Code code() {
    return code;
  }
}
