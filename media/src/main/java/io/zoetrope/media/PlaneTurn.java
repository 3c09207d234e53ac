package io.zoetrope.media;

import java.nio.ByteBuffer;
import org.bytedeco.javacpp.BytePointer;

/** Turns planes of bytes upright. Keeps its memory from one to the next; for one thread. */
final class PlaneTurn {
  private byte[] stored = new byte[0];
  private byte[] row = new byte[0];

  /**
   * Writes a plane, turned, into another one.
   *
   * @param source first byte of the stored plane, whose rows are {@code sourceStride} bytes apart
   * @param target written to from {@code offset} on, in rows {@code stride} bytes apart
   * @param width of the upright plane in bytes; likewise {@code height}
   */
  void turn(
      BytePointer source,
      int sourceStride,
      Orientation orientation,
      ByteBuffer target,
      int offset,
      int stride,
      int width,
      int height) {
    int storedWidth = orientation.uprightWidth(width, height);
    int storedHeight = orientation.uprightHeight(width, height);
    read(source, sourceStride, storedWidth, storedHeight);
    int across = orientation.transposed() ? storedWidth : 1;
    int down = orientation.transposed() ? 1 : storedWidth;
    int step = orientation.mirroredX() ? -across : across;
    int first = orientation.mirroredX() ? (width - 1) * across : 0;
    if (row.length < width) {
      row = new byte[width];
    }
    for (int y = 0; y < height; y++) {
      int at = first + (orientation.mirroredY() ? height - 1 - y : y) * down;
      for (int x = 0; x < width; x++, at += step) {
        row[x] = stored[at];
      }
      target.put(offset + y * stride, row, 0, width);
    }
  }

  private void read(BytePointer source, int stride, int width, int height) {
    if (stored.length < width * height) {
      stored = new byte[width * height];
    }
    for (int y = 0; y < height; y++) {
      source.position((long) y * stride).get(stored, y * width, width);
    }
    source.position(0);
  }
}
