package io.zoetrope.media;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;

/**
 * The bytes of a medium by their place, for a look at its skeleton without a demuxer. Bytes beyond
 * the end read as 0. Moves the channel's position.
 */
final class RandomBytes {
  private static final int WINDOW_BYTES = 4096;

  private final SeekableByteChannel channel;
  private final long size;
  private final ByteBuffer window = ByteBuffer.allocate(WINDOW_BYTES);
  private long windowStart;

  RandomBytes(SeekableByteChannel channel) throws IOException {
    this.channel = channel;
    size = channel.size();
    window.limit(0);
  }

  long size() {
    return size;
  }

  int u8(long offset) throws IOException {
    return at(offset, 1).get() & 0xff;
  }

  int u16le(long offset) throws IOException {
    return Short.toUnsignedInt(at(offset, 2).order(ByteOrder.LITTLE_ENDIAN).getShort());
  }

  int u16be(long offset) throws IOException {
    return Short.toUnsignedInt(at(offset, 2).getShort());
  }

  int i32be(long offset) throws IOException {
    return at(offset, 4).getInt();
  }

  long u32be(long offset) throws IOException {
    return Integer.toUnsignedLong(i32be(offset));
  }

  long u32le(long offset) throws IOException {
    return Integer.toUnsignedLong(at(offset, 4).order(ByteOrder.LITTLE_ENDIAN).getInt());
  }

  long i64be(long offset) throws IOException {
    return at(offset, 8).getLong();
  }

  long i64le(long offset) throws IOException {
    return at(offset, 8).order(ByteOrder.LITTLE_ENDIAN).getLong();
  }

  /** The next {@code count} bytes from {@code offset} on, no more than a window has. */
  private ByteBuffer at(long offset, int count) throws IOException {
    if (offset < windowStart || offset + count > windowStart + window.limit()) {
      fill(offset, count);
    }
    return window.slice((int) (offset - windowStart), count);
  }

  private void fill(long offset, int count) throws IOException {
    windowStart = offset;
    window.clear();
    if (offset >= 0 && offset < size) {
      channel.position(offset);
      while (window.hasRemaining() && channel.read(window) > 0) {
        // One read may bring less than there is.
      }
    }
    while (window.position() < count) {
      window.put((byte) 0);
    }
    window.flip();
  }
}
