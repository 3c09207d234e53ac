package io.zoetrope.media;

import java.io.IOException;

/** Where files that are made of sized elements end by their own account. 0 where they don't say. */
final class DeclaredEnd {
  private static final int MOST_ELEMENTS = 2_000_000;
  private static final int EBML_HEADER = 0x1a45dfa3;
  private static final int SEGMENT = 0x18538067;
  private static final int CLUSTER = 0x1f43b675;
  private static final int RIFF = 0x52494646;
  private static final int ASF_OBJECT_HEADER_BYTES = 24;
  private static final int MXF_KEY = 0x060e2b34;
  private static final int MXF_KEY_BYTES = 16;
  private static final long UNKNOWN_SIZE = -1;

  private DeclaredEnd() {}

  /**
   * Of an MP4 file in fragments. Another one's index knows better, as it tells whether the video is
   * there although something else is missing.
   */
  static long ofFragments(RandomBytes bytes) throws IOException {
    Boxes boxes = new Boxes(bytes, 0, bytes.size());
    boolean fragments = false;
    long end = 0;
    for (int i = 0; i < MOST_ELEMENTS && boxes.advance(); i++) {
      String type = boxes.type();
      fragments |= type.equals("moof");
      end = Math.max(end, boxes.boxEnd());
      if (type.equals("sidx")) {
        end = Math.max(end, endOfIndexed(bytes, boxes));
      }
    }
    // What is too short for the head of a box is one that is cut off.
    boolean headCut = end < bytes.size() && end > bytes.size() - 8;
    return fragments ? end + (headCut ? 8 : 0) : 0;
  }

  private static long endOfIndexed(RandomBytes bytes, Boxes index) throws IOException {
    boolean wide = bytes.u8(index.body()) != 0;
    long offset = wide ? bytes.i64be(index.body() + 20) : bytes.u32be(index.body() + 16);
    long entries = index.body() + (wide ? 28 : 20);
    int count = bytes.u16be(entries + 2);
    long end = index.boxEnd() + offset;
    for (int i = 0; i < count; i++) {
      end += bytes.u32be(entries + 4 + i * 12L) & Integer.MAX_VALUE;
    }
    return end;
  }

  /** Of a Matroska file; by its clusters where it was written without knowing how it ends. */
  static long ofMatroska(RandomBytes bytes) throws IOException {
    long at = 0;
    for (int i = 0; i < MOST_ELEMENTS && at < bytes.size(); i++) {
      int idBytes = Integer.numberOfLeadingZeros(bytes.u8(at)) - 23;
      if (idBytes > Integer.BYTES) {
        return 0;
      }
      int id = bytes.i32be(at) >>> (32 - 8 * idBytes);
      long size = ebmlSize(bytes, at + idBytes);
      long body = at + idBytes + ebmlSizeBytes(bytes, at + idBytes);
      if (id == SEGMENT && size != UNKNOWN_SIZE) {
        return body + size;
      }
      if (size == UNKNOWN_SIZE && id != SEGMENT && id != CLUSTER) {
        return 0;
      }
      if (at == 0 && id != EBML_HEADER) {
        return 0;
      }
      at = size == UNKNOWN_SIZE ? body : body + size;
    }
    return at;
  }

  private static int ebmlSizeBytes(RandomBytes bytes, long at) throws IOException {
    return Math.min(8, Integer.numberOfLeadingZeros(bytes.u8(at)) - 23);
  }

  private static long ebmlSize(RandomBytes bytes, long at) throws IOException {
    int width = ebmlSizeBytes(bytes, at);
    long mask = (1L << (7 * width)) - 1;
    long size = bytes.i64be(at) >>> (64 - 8 * width) & mask;
    return size == mask ? UNKNOWN_SIZE : size;
  }

  /** Of an AVI file: a row of RIFF chunks. */
  static long ofAvi(RandomBytes bytes) throws IOException {
    long at = 0;
    while (at < bytes.size() && bytes.i32be(at) == RIFF) {
      long size = bytes.u32le(at + 4);
      if (size == 0) {
        // It is filled in at the end, and never was.
        return bytes.size() + 1;
      }
      at += 8 + size + size % 2;
    }
    return at - at % 2;
  }

  /** Of an ASF file: a row of objects, the header, the data and indices. */
  static long ofAsf(RandomBytes bytes) throws IOException {
    long at = 0;
    for (int i = 0; i < MOST_ELEMENTS && at < bytes.size(); i++) {
      long size = bytes.i64le(at + 16);
      if (size < ASF_OBJECT_HEADER_BYTES || at + size < 0) {
        break;
      }
      at += size;
    }
    return at;
  }

  /** Of a row of AV1's open bitstream units. */
  static long ofObus(RandomBytes bytes) throws IOException {
    long at = 0;
    for (int i = 0; i < MOST_ELEMENTS && at < bytes.size(); i++) {
      int header = bytes.u8(at);
      boolean sized = (header & 2) != 0;
      if (!sized) {
        return 0;
      }
      at += (header & 4) != 0 ? 2 : 1;
      long size = 0;
      int digit = 0x80;
      for (int shift = 0; digit >= 0x80 && shift < 56; shift += 7) {
        digit = bytes.u8(at++);
        size |= (digit & 0x7fL) << shift;
      }
      at += size;
    }
    return at;
  }

  /** Of an MXF file: by where its first partition says that the last one begins. */
  static long ofMxf(RandomBytes bytes) throws IOException {
    long length = MXF_KEY_BYTES;
    int first = bytes.u8(length);
    long value = length + 1 + (first > 0x80 ? first & 0x7f : 0);
    long footer = bytes.i64be(value + 24);
    boolean known = bytes.i32be(0) == MXF_KEY && footer > 0;
    return known ? footer + MXF_KEY_BYTES : 0;
  }
}
