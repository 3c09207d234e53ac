package io.zoetrope.media;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.util.Iterator;

/**
 * Where a {@link ChainDecoder} gets the batches that it lacks: the original, cut again with the
 * options of the split, which gives the same batches again.
 */
@FunctionalInterface
public interface ChainSource {
  /**
   * Begins with the split's first batch. The caller closes what it gets.
   *
   * @throws MediaException if the original can't be read any more
   */
  Batches open();

  /** The batches of a split, in sequence, and what must be closed after them. */
  interface Batches extends Iterator<PacketBatch>, AutoCloseable {
    @Override
    void close();
  }

  /** Opens an original's bytes. */
  @FunctionalInterface
  interface Channel {
    SeekableByteChannel open() throws IOException;
  }

  /**
   * Cuts the original with a {@link VideoCutter}, over a channel that is opened each time.
   *
   * @param name of the medium, for messages
   */
  static ChainSource over(Channel original, String name, CutOptions options) {
    return () -> {
      try {
        return OriginalBatches.open(original.open(), name, options);
      } catch (IOException e) {
        throw Demuxer.unreadable(name, e.getMessage(), e);
      }
    };
  }
}
