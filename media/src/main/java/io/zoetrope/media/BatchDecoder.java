package io.zoetrope.media;

import java.util.List;
import org.bytedeco.ffmpeg.avcodec.AVCodec;

/**
 * Decodes frame batches of one stream, each in a fresh decoder and hence independent of every
 * other. To be used by one thread at a time.
 */
public final class BatchDecoder implements AutoCloseable {
  private final VideoStream stream;
  private final AVCodec codec;
  private final int threads;

  /**
   * Looks the decoder up; one is opened per batch.
   *
   * @param threads that a batch may be decoded with; a batch with damage in it takes one
   * @throws MediaException {@code MEDIA_UNSUPPORTED} if there is no decoder for the codec
   */
  public BatchDecoder(VideoStream stream, int threads) {
    this.stream = stream;
    this.threads = threads;
    codec = PacketDecoder.find(stream);
  }

  /**
   * Decodes a batch and gives its expected frames to {@code sink} in presentation order.
   *
   * <p>Concealment of errors depends on the number of threads. When several of them meet damage,
   * the batch is therefore decoded again with one, and the frames already given out are not
   * repeated.
   *
   * @return one outcome per expected frame, in presentation order
   */
  public List<FrameOutcome> decode(PacketBatch batch, FrameSink sink) {
    FrameDelivery delivery = new FrameDelivery(stream, batch, sink);
    int allowed = batch.damaged() ? 1 : threads;
    boolean whole = decode(batch, delivery, allowed);
    if (!whole && allowed > 1) {
      decode(batch, delivery, 1);
    }
    return delivery.outcomes();
  }

  /** Each batch's decoder is closed with it; nothing native is held in between. */
  @Override
  public void close() {}

  private boolean decode(PacketBatch batch, FrameDelivery delivery, int allowedThreads) {
    return new BatchDecoding(stream, codec, batch, delivery, allowedThreads).run();
  }
}
