package io.zoetrope.media;

import java.nio.channels.SeekableByteChannel;
import java.util.Iterator;

/**
 * Cuts a video into {@link PacketBatch}es without decoding it. The same bytes and options always
 * give the same batches, so an interrupted split goes on by taking and dropping those it already
 * has. Holds a bounded part of the video in memory. To be used by one thread at a time.
 */
@SuppressWarnings("DoNotCallSuggester")
public final class VideoCutter implements Iterator<PacketBatch>, AutoCloseable {
  /**
   * Opens a medium that nobody vouches for. Only {@code source} is ever read, whatever the file
   * names in it; the caller closes it, after the cutter.
   *
   * @param name of the medium, for messages
   * @throws MediaException if it isn't a video that can be cut
   */
  public static VideoCutter open(SeekableByteChannel source, String name, CutOptions options) {
    throw new UnsupportedOperationException();
  }

  public VideoStream stream() {
    throw new UnsupportedOperationException();
  }

  @Override
  public boolean hasNext() {
    throw new UnsupportedOperationException();
  }

  @Override
  public PacketBatch next() {
    throw new UnsupportedOperationException();
  }

  /** What was handed out so far; of the whole video once {@link #hasNext()} is false. */
  public CutSummary summary() {
    throw new UnsupportedOperationException();
  }

  @Override
  public void close() {}
}
