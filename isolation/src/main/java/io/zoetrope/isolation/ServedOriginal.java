package io.zoetrope.isolation;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers what a child asks of a file; opened when it first does. */
final class ServedOriginal implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ServedOriginal.class);
  private static final int MAX_BYTES = 1 << 20;

  private final Supplier<SeekableByteChannel> opening;
  private SeekableByteChannel opened;

  ServedOriginal(Supplier<SeekableByteChannel> opening) {
    this.opening = opening;
  }

  void answerSize(DataOutputStream out) throws IOException {
    long size;
    try {
      size = channel().size();
    } catch (IOException | RuntimeException e) {
      LOG.info("The original of a trial can't be read", e);
      size = TrialMessages.FAILED;
    }
    out.writeLong(size);
    out.flush();
  }

  void answerRead(DataInputStream question, DataOutputStream out) throws IOException {
    long position = question.readLong();
    ByteBuffer bytes = ByteBuffer.allocate(Math.min(question.readInt(), MAX_BYTES));
    int length;
    try {
      length = channel().position(position).read(bytes);
    } catch (IOException | RuntimeException e) {
      LOG.info("The original of a trial can't be read", e);
      length = TrialMessages.FAILED;
    }
    out.writeInt(length);
    out.write(bytes.array(), 0, Math.max(length, 0));
    out.flush();
  }

  private SeekableByteChannel channel() {
    if (opened == null) {
      opened = opening.get();
    }
    return opened;
  }

  @Override
  public void close() {
    if (opened != null) {
      try {
        opened.close();
      } catch (IOException e) {
        LOG.warn("The original of a trial can't be closed", e);
      }
    }
  }
}
