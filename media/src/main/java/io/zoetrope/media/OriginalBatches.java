package io.zoetrope.media;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.SeekableByteChannel;

/** A cutter together with the channel that it reads. */
final class OriginalBatches implements ChainSource.Batches {
  private final SeekableByteChannel channel;
  private final VideoCutter cutter;

  private OriginalBatches(SeekableByteChannel channel, VideoCutter cutter) {
    this.channel = channel;
    this.cutter = cutter;
  }

  /** Takes ownership of the channel. */
  static OriginalBatches open(SeekableByteChannel channel, String name, CutOptions options)
      throws IOException {
    try {
      // Whoever cut it first has accepted it, by limits of his own.
      return new OriginalBatches(
          channel, VideoCutter.open(channel, name, options, MediaLimits.UNLIMITED));
    } catch (RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  @Override
  public boolean hasNext() {
    return cutter.hasNext();
  }

  @Override
  public PacketBatch next() {
    return cutter.next();
  }

  @Override
  public void close() {
    cutter.close();
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
