package io.zoetrope.isolation;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;

/** A file that the parent of a trial process has open, and the child reads by asking. */
final class RemoteOriginal implements SeekableByteChannel {
  private final DataInputStream in;
  private final DataOutputStream out;
  private long position;
  private long size = -1;
  private boolean open = true;

  RemoteOriginal(DataInputStream in, DataOutputStream out) {
    this.in = in;
    this.out = out;
  }

  @Override
  public int read(ByteBuffer target) throws IOException {
    if (!target.hasRemaining()) {
      return 0;
    }
    out.writeByte(TrialMessages.READ);
    out.writeLong(position);
    out.writeInt(target.remaining());
    out.flush();
    int length = in.readInt();
    if (length == TrialMessages.FAILED) {
      throw unreadable();
    }
    if (length != TrialMessages.END) {
      byte[] bytes = new byte[length];
      in.readFully(bytes);
      target.put(bytes);
      position += length;
    }
    return length;
  }

  @Override
  public long size() throws IOException {
    if (size < 0) {
      out.writeByte(TrialMessages.SIZE);
      out.flush();
      long answer = in.readLong();
      if (answer == TrialMessages.FAILED) {
        throw unreadable();
      }
      size = answer;
    }
    return size;
  }

  private static IOException unreadable() {
    return new IOException("the parent process can't read the original");
  }

  @Override
  public long position() {
    return position;
  }

  @Override
  public SeekableByteChannel position(long newPosition) {
    position = newPosition;
    return this;
  }

  @Override
  public int write(ByteBuffer source) {
    throw new NonWritableChannelException();
  }

  @Override
  public SeekableByteChannel truncate(long newSize) {
    throw new NonWritableChannelException();
  }

  @Override
  public boolean isOpen() {
    return open;
  }

  /** Ends nothing but this view; the next one starts from the beginning. */
  @Override
  public void close() {
    open = false;
  }
}
