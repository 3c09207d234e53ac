package io.zoetrope.gateway;

import java.io.InputStream;

/** A given number of bytes that nobody holds. */
final class EndlessBytes extends InputStream {
  private long left;

  EndlessBytes(long size) {
    this.left = size;
  }

  @Override
  public int read() {
    return left-- > 0 ? (int) (left & 0xff) : -1;
  }

  @Override
  public int read(byte[] target, int offset, int length) {
    if (left <= 0) {
      return -1;
    }
    int count = (int) Math.min(length, left);
    left -= count;
    return count;
  }
}
