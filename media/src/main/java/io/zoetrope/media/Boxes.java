package io.zoetrope.media;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.ByteBuffer;

/** The boxes that an MP4 or QuickTime file, or one of its boxes, consists of, one after another. */
final class Boxes {
  private static final int HEADER_BYTES = 8;
  private static final int LONG_HEADER_BYTES = 16;

  private final RandomBytes bytes;
  private final long end;
  private long start;
  private long body;
  private long next;

  /** The boxes from {@code start} to {@code end}; a box may claim to reach further. */
  Boxes(RandomBytes bytes, long start, long end) {
    this.bytes = bytes;
    this.end = end;
    next = start;
  }

  /** Goes on to the next box; false where there is none, or none that can be told. */
  boolean advance() throws IOException {
    if (next < 0 || next > end - HEADER_BYTES) {
      return false;
    }
    start = next;
    long size = bytes.u32be(start);
    body = start + (size == 1 ? LONG_HEADER_BYTES : HEADER_BYTES);
    if (size == 1) {
      size = bytes.i64be(start + HEADER_BYTES);
    } else if (size == 0) {
      size = end - start;
    }
    // Adding up to a negative number is as good as no size.
    next = size < body - start ? -1 : start + size;
    return true;
  }

  String type() throws IOException {
    return new String(
        ByteBuffer.allocate(Integer.BYTES).putInt(bytes.i32be(start + 4)).array(), ISO_8859_1);
  }

  /** Where the box's content begins. */
  long body() {
    return body;
  }

  /** Where the box ends by its own account, which may be beyond its parent; -1 if it has none. */
  long boxEnd() {
    return next;
  }
}
