package io.zoetrope.gateway.pictures;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/**
 * A picture or clip that was made.
 *
 * @param mediaType such as {@code image/jpeg}
 * @param sizeBytes of {@code bytes}
 * @param ptsMicros when the frame that it shows is shown, or the first one of a clip; null where it
 *     shows several
 * @param note what isn't as one might expect, in a sentence; else null
 * @param bytes to be read once, and closed
 */
public record Rendered(
    String mediaType, long sizeBytes, Long ptsMicros, String note, InputStream bytes)
    implements AutoCloseable {
  /** Something that fits into memory. */
  public static Rendered of(String mediaType, byte[] bytes, Long ptsMicros) {
    return new Rendered(mediaType, bytes.length, ptsMicros, null, new ByteArrayInputStream(bytes));
  }

  @Override
  public void close() {
    try {
      bytes.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
