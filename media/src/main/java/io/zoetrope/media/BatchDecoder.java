package io.zoetrope.media;

import java.util.List;

/**
 * Decodes frame batches of one stream, each in a fresh decoder and hence independent of every
 * other. To be used by one thread at a time.
 */
public final class BatchDecoder implements AutoCloseable {
  /**
   * Looks the decoder up; one is opened per batch.
   *
   * @param threads that a batch may be decoded with; a batch with damage in it takes one
   * @throws MediaException {@code MEDIA_UNSUPPORTED} if there is no decoder for the codec
   */
  public BatchDecoder(VideoStream stream, int threads) {
    throw new UnsupportedOperationException(stream + " " + threads);
  }

  /**
   * Decodes a batch and gives its expected frames to {@code sink} in presentation order.
   *
   * @return one outcome per expected frame, in presentation order
   */
  @SuppressWarnings("DoNotCallSuggester")
  public List<FrameOutcome> decode(PacketBatch batch, FrameSink sink) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void close() {}
}
