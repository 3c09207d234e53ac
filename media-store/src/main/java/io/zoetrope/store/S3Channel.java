package io.zoetrope.store;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;

/**
 * An object read in blocks of half a mebibyte, four of which are kept: a splitter has 16 of them
 * open. Whoever reads on gets blocks that are on their way already; whoever jumps about gets only
 * those that he asks for. One thread.
 */
final class S3Channel implements SeekableByteChannel {
  static final int BLOCK_BYTES = 1 << 19;

  private static final int KEPT = 4;
  private static final int AHEAD = 2;
  private static final long NONE = Long.MIN_VALUE;

  private final S3Objects objects;
  private final S3Objects.Found object;
  private final ExecutorService readers;
  private final Map<Long, Block> blocks = new RecentBlocks();
  private long position;
  private long lastBlock = NONE;
  private boolean open = true;

  /** Bytes that are on their way, or there. */
  private record Block(Future<byte[]> bytes) {}

  /**
   * Opens an object; nothing is read yet.
   *
   * @param readers who fetch blocks
   */
  S3Channel(S3Objects objects, S3Objects.Found object, ExecutorService readers) {
    this.objects = objects;
    this.object = object;
    this.readers = readers;
  }

  @Override
  public int read(ByteBuffer target) throws IOException {
    requireOpen();
    if (!target.hasRemaining()) {
      return 0;
    }
    if (position >= object.sizeBytes()) {
      return -1;
    }
    byte[] block = block(position / BLOCK_BYTES);
    int offset = Math.toIntExact(position % BLOCK_BYTES);
    int length = Math.min(target.remaining(), block.length - offset);
    target.put(block, offset, length);
    position += length;
    return length;
  }

  private byte[] block(long index) throws IOException {
    Block wanted = request(index);
    if (index == lastBlock || index == lastBlock + 1) {
      long last = Math.min(index + AHEAD, (object.sizeBytes() - 1) / BLOCK_BYTES);
      for (long ahead = index + 1; ahead <= last; ahead++) {
        request(ahead);
      }
    }
    lastBlock = index;
    try {
      return wanted.bytes().get();
    } catch (ExecutionException e) {
      // Whoever asks again may have more luck.
      blocks.remove(index);
      throw new IOException(e.getCause().getMessage(), e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while reading " + object.location());
    }
  }

  private Block request(long index) {
    Block known = blocks.get(index);
    if (known != null) {
      return known;
    }
    long offset = index * BLOCK_BYTES;
    int length = Math.toIntExact(Math.min(BLOCK_BYTES, object.sizeBytes() - offset));
    Block block = new Block(readers.submit(() -> objects.read(object, offset, length)));
    blocks.put(index, block);
    return block;
  }

  @Override
  public long position() throws IOException {
    requireOpen();
    return position;
  }

  @Override
  public SeekableByteChannel position(long newPosition) throws IOException {
    requireOpen();
    if (newPosition < 0) {
      throw new IllegalArgumentException("a position before the beginning: " + newPosition);
    }
    position = newPosition;
    return this;
  }

  @Override
  public long size() throws IOException {
    requireOpen();
    return object.sizeBytes();
  }

  @Override
  public int write(ByteBuffer source) {
    throw new NonWritableChannelException();
  }

  @Override
  public SeekableByteChannel truncate(long size) {
    throw new NonWritableChannelException();
  }

  @Override
  public boolean isOpen() {
    return open;
  }

  @Override
  public void close() {
    open = false;
    blocks.clear();
  }

  private void requireOpen() throws ClosedChannelException {
    if (!open) {
      throw new ClosedChannelException();
    }
  }

  /** By their index, those that were asked for last. */
  private static final class RecentBlocks extends LinkedHashMap<Long, Block> {
    private static final long serialVersionUID = 1L;

    RecentBlocks() {
      super(2 * KEPT, 0.75f, true);
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<Long, Block> eldest) {
      return size() > KEPT;
    }
  }
}
