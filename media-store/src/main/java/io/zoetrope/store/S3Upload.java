package io.zoetrope.store;

import java.io.OutputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.s3.model.CompletedPart;

/**
 * An object whose name is known only when all of it is there. What fits into one part is written
 * straight to its place; more goes in parts to a temporary place first, and is copied from there
 * within the object store. Nobody sees it half. One thread.
 */
final class S3Upload extends OutputStream {
  /** What an upload holds in memory: one part of it, or all of it where that is less. */
  static final int PART_BYTES = 8 << 20;

  /** Objects of more bytes are copied piece by piece; S3 itself allows 5 GiB. */
  static final long COPY_BYTES = 1L << 30;

  private static final Logger LOG = LoggerFactory.getLogger(S3Upload.class);

  // S3 takes 10,000 parts; a client may send a little more than it said.
  private static final int PARTS = 9_500;

  private final S3Objects objects;
  private final S3Location temporary;
  private final long copyBytes;
  private final MessageDigest digest = Sha256.digest();
  private final List<CompletedPart> parts = new ArrayList<>();
  private final byte[] part;
  private int filled;
  private long size;
  private String upload;

  /** Where the object is now, and what it holds. */
  record Kept(S3Location location, String sha256, long sizeBytes) {}

  /**
   * Begins an object.
   *
   * @param temporary a place of its own
   * @param expectedBytes how many will come, or {@link MediaStore#UNKNOWN_SIZE}
   */
  S3Upload(S3Objects objects, S3Location temporary, long expectedBytes) {
    this(objects, temporary, partBytes(expectedBytes), COPY_BYTES);
  }

  S3Upload(S3Objects objects, S3Location temporary, int partBytes, long copyBytes) {
    this.objects = objects;
    this.temporary = temporary;
    this.part = new byte[partBytes];
    this.copyBytes = copyBytes;
  }

  private static int partBytes(long expectedBytes) {
    if (expectedBytes == MediaStore.UNKNOWN_SIZE) {
      return PART_BYTES;
    }
    return Math.toIntExact(
        Math.max(Math.min(expectedBytes, PART_BYTES), expectedBytes / PARTS + 1));
  }

  @Override
  public void write(int single) {
    write(new byte[] {(byte) single}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, bytes.length);
    digest.update(bytes, offset, length);
    size += length;
    int from = offset;
    int left = length;
    while (left > 0) {
      // A full part is sent when more comes: the last one may be all that there is.
      if (filled == part.length) {
        sendPart();
      }
      int taken = Math.min(left, part.length - filled);
      System.arraycopy(bytes, from, part, filled, taken);
      filled += taken;
      from += taken;
      left -= taken;
    }
  }

  private void sendPart() {
    if (upload == null) {
      upload = objects.begin(temporary);
    }
    parts.add(objects.writePart(temporary, upload, parts.size() + 1, part, filled));
    filled = 0;
  }

  /**
   * Gives the object its place, unless it is there already.
   *
   * @param place by the SHA-256 of all that was written
   */
  Kept keep(Function<String, S3Location> place) {
    String sha256 = Sha256.hex(digest);
    S3Location location = place.apply(sha256);
    boolean known = objects.find(location).filter(found -> found.sizeBytes() == size).isPresent();
    if (!known && upload == null) {
      objects.write(location, part, filled);
    } else if (!known) {
      sendPart();
      objects.complete(temporary, upload, parts);
      upload = null;
      objects.copy(temporary, location, size, copyBytes);
      forget(() -> objects.delete(temporary));
    }
    return new Kept(location, sha256, size);
  }

  /** Leaves nothing of what wasn't kept. */
  @Override
  public void close() {
    if (upload != null) {
      forget(() -> objects.abort(temporary, upload));
      upload = null;
    }
  }

  // Nothing is lost with it; what is left over there costs, and the bucket's own rules end it.
  private void forget(Runnable removal) {
    try {
      removal.run();
    } catch (MediaStoreException e) {
      LOG.warn("Something is left at {}: {}", temporary, e.getMessage());
    }
  }
}
