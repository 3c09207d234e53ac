package io.zoetrope.media;

/**
 * A medium that can't be used. The message is one sentence for the user that names the input and
 * says what to do; {@link #code()} is stable.
 */
public final class MediaException extends RuntimeException {
  /** What is wrong; the names are part of the public contract. */
  public enum Code {
    /** The bytes are no media file at all. */
    MEDIA_UNRECOGNISED,
    /** A kind of file or a codec that isn't accepted. */
    MEDIA_UNSUPPORTED,
    /** A media file without a stream of moving pictures. */
    MEDIA_NO_VIDEO,
    /** The bytes can't be read, or are damaged before the first picture. */
    MEDIA_UNREADABLE,
    /** Headers that no record can carry. */
    MEDIA_TOO_LARGE,
    /** Pictures with more pixels than {@link MediaLimits#picturePixels}. */
    MEDIA_PICTURE_TOO_LARGE,
    /** Longer than {@link MediaLimits#duration}. */
    MEDIA_TOO_LONG,
    /** More streams than {@link MediaLimits#streams}. */
    MEDIA_TOO_MANY_STREAMS,
    /** A packet of more bytes than {@link MediaLimits#packetBytes}. */
    MEDIA_PACKET_TOO_LARGE,
    /** More batches than {@link MediaLimits#batches}. */
    MEDIA_TOO_MANY_BATCHES,
    /** Finding out what it holds takes more than {@link MediaLimits} allows. */
    MEDIA_PROBE_TOO_COSTLY
  }

  private final Code code;

  public MediaException(Code code, String message) {
    this(code, message, null);
  }

  public MediaException(Code code, String message, Throwable cause) {
    super(message, cause);
    this.code = code;
  }

  public Code code() {
    return code;
  }
}
