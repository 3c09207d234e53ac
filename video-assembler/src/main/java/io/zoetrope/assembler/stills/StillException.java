package io.zoetrope.assembler.stills;

/** A picture or clip that can't be made; {@link #code} is stable, the message is a sentence. */
public final class StillException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** There is no run to go by. */
  public static final String RUN_UNKNOWN = "RUN_UNKNOWN";

  /** The run has no track of that number. */
  public static final String TRACK_UNKNOWN = "TRACK_UNKNOWN";

  /** No frame of what is wanted can be decoded. */
  public static final String FRAME_UNDECODABLE = "FRAME_UNDECODABLE";

  /** More than is made while somebody waits. */
  public static final String CLIP_TOO_LONG = "CLIP_TOO_LONG";

  /** As many are made as can be at a time. */
  public static final String BUSY = "PICTURES_BUSY";

  /** The folder for what is being made can't be written to. */
  public static final String UNWRITABLE = "CLIP_UNWRITABLE";

  private final String code;

  StillException(String code, String message) {
    this(code, message, null);
  }

  StillException(String code, String message, Throwable cause) {
    super(message, cause);
    this.code = code;
  }

  public String code() {
    return code;
  }
}
