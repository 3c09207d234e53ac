package io.zoetrope.store;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** A video on its way in: trouble with its source is told from trouble with the store. */
final class IncomingVideo extends FilterInputStream {
  private final long expectedBytes;

  IncomingVideo(InputStream bytes, long expectedBytes) {
    super(bytes);
    this.expectedBytes = expectedBytes;
  }

  /**
   * Writes all of it.
   *
   * @throws MediaStoreException {@code UPLOAD_INCOMPLETE}
   * @throws IOException where {@code out} fails
   */
  void writeTo(OutputStream out) throws IOException {
    long size = transferTo(out);
    if (expectedBytes != MediaStore.UNKNOWN_SIZE && size != expectedBytes) {
      throw new MediaStoreException(
          "UPLOAD_INCOMPLETE",
          "%d bytes came of %d that were announced; nothing was kept"
              .formatted(size, expectedBytes));
    }
  }

  @Override
  public int read(byte[] target, int offset, int length) {
    try {
      return super.read(target, offset, length);
    } catch (IOException e) {
      throw new MediaStoreException(
          "UPLOAD_INCOMPLETE", "the upload broke off; nothing was kept", e);
    }
  }
}
