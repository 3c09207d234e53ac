package io.zoetrope.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.channels.SeekableByteChannel;

/**
 * Original videos, and what is made of them, each named by the hash of its bytes. Any thread. Where
 * the bytes lie on another machine that doesn't answer, every method throws a {@link
 * MediaStoreException} with {@code STORE_UNREACHABLE}, which says nothing about the bytes: the same
 * may succeed a moment later.
 */
public interface MediaStore extends AutoCloseable {
  /** For {@link #put}, where the number of bytes isn't known beforehand. */
  long UNKNOWN_SIZE = -1;

  /**
   * Stores all of {@code bytes}, in bounded memory. The video is there as a whole or, where this
   * throws, not at all; bytes that are there already are not stored twice.
   *
   * @param expectedBytes how many must come, or {@link #UNKNOWN_SIZE}
   * @throws MediaStoreException {@code UPLOAD_INCOMPLETE} where the source breaks off or has
   *     another size; {@code STORE_BUSY} where so many come that this one has to come again; {@code
   *     STORE_UNWRITABLE}
   */
  StoredVideo put(InputStream bytes, long expectedBytes);

  /**
   * What lies at {@code location}, hashed by reading it unless it is one of the store's own.
   *
   * @throws MediaStoreException as {@link #open}
   */
  StoredVideo describe(URI location);

  /** What is kept beside the originals. */
  enum Kind {
    /** Packets of a video that are too large to travel. */
    PACKETS("packets"),

    /** Annotated videos, and their segments. */
    RENDERS("renders");

    private final String folder;

    Kind(String folder) {
      this.folder = folder;
    }

    /** The name of the folder, or the prefix, that all of the kind lies under. */
    String folder() {
      return folder;
    }
  }

  /**
   * Keeps what {@code content} writes, in bounded memory. When this returns it is there as a whole
   * and survives a crash; bytes that its owner has already are not kept twice.
   *
   * @param owner what it is kept for and removed with: the id of a video, or {@code
   *     videoId/renderId}; ids are letters and digits
   * @throws MediaStoreException {@code STORE_UNWRITABLE}; nothing is left of it then
   */
  StoredObject keep(Kind kind, String owner, Content content);

  /**
   * Removes all that is kept of this kind for {@code owner}, if anything is.
   *
   * @throws MediaStoreException {@code STORE_UNWRITABLE}
   */
  void delete(Kind kind, String owner);

  /** What writes the bytes that are to be kept. */
  @FunctionalInterface
  interface Content {
    void writeTo(OutputStream out) throws IOException;
  }

  /**
   * Opens an original, or what is kept beside them, for reading; the caller closes it, before the
   * store. Where reading fails because the store doesn't answer, the {@link IOException} has that
   * as its cause.
   *
   * @throws MediaStoreException {@code LOCATION_REFUSED} outside the allowed locations, {@code
   *     LOCATION_NOT_FOUND}, {@code LOCATION_UNREADABLE}
   */
  SeekableByteChannel open(URI location);

  /** Lets go of connections, if there are any. */
  @Override
  default void close() {}
}
