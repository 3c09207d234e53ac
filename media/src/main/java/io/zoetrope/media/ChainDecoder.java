package io.zoetrope.media;

import static io.zoetrope.media.MediaException.Code.MEDIA_UNREADABLE;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import org.bytedeco.ffmpeg.avcodec.AVCodec;

/**
 * Decodes the batches of decode chains of one split. One live decoder with a single thread goes
 * through a chain from batch to batch. Where it lacks the batches before, because another process
 * had them or because batches don't come in sequence, it is first brought there out of the
 * original. To be used by one thread at a time, but any.
 *
 * <p>While a chain is live it holds a native decoder, the packets of one batch and a few pictures.
 */
public final class ChainDecoder implements AutoCloseable {
  private final VideoStream stream;
  private final AVCodec codec;
  private final ChainSource source;
  private Optional<ChainDecoding> live = Optional.empty();

  /**
   * Opens nothing yet.
   *
   * @throws MediaException {@code MEDIA_UNSUPPORTED} if there is no decoder for the codec
   */
  public ChainDecoder(VideoStream stream, ChainSource source) {
    this.stream = stream;
    this.source = source;
    codec = PacketDecoder.find(stream);
  }

  /**
   * Decodes a batch of a chain, the first one included, and gives its expected frames to {@code
   * sink} in presentation order. Costs least in sequence. After an exception the next batch is
   * caught up with.
   *
   * @param abandoned asked between packets while the decoder is brought to the batch
   * @return one outcome per expected frame, in presentation order
   * @throws CancellationException if it was abandoned
   * @throws MediaException if the original is needed and isn't what it was
   */
  public List<FrameOutcome> decode(PacketBatch batch, FrameSink sink, BooleanSupplier abandoned) {
    ChainLink link =
        batch
            .chain()
            .filter(chain -> chain.head() <= batch.sequence())
            .orElseThrow(
                () -> new IllegalArgumentException("in no chain: batch " + batch.sequence()));
    boolean goesOn = false;
    try {
      ChainDecoding decoding = bringTo(batch, link.head(), abandoned);
      FrameDelivery delivery = new FrameDelivery(stream, batch, sink);
      decoding.decode(batch, delivery, abandoned);
      if (decoding.awaits()) {
        lookBeyond(batch, decoding, abandoned);
      }
      goesOn = !link.last();
      return delivery.outcomes();
    } finally {
      if (!goesOn) {
        close();
      }
    }
  }

  /** Whether a native decoder is held, in the hope that the chain's next batch comes. */
  public boolean isLive() {
    return live.isPresent();
  }

  @Override
  public void close() {
    live.ifPresent(ChainDecoding::close);
    live = Optional.empty();
  }

  /** A decoder that has seen all of the chain before {@code batch}. */
  private ChainDecoding bringTo(PacketBatch batch, int head, BooleanSupplier abandoned) {
    if (!live.map(decoding -> decoding.canGoOnTo(head, batch.sequence())).orElse(false)) {
      close();
      live = Optional.of(new ChainDecoding(stream, codec, head));
    }
    ChainDecoding decoding = live.orElseThrow();
    if (decoding.next() < batch.sequence()) {
      try (ChainSource.Batches batches = openAt(decoding.next(), abandoned)) {
        while (decoding.next() < batch.sequence()) {
          decoding.skip(next(batches, decoding.next(), head), abandoned);
        }
      }
    }
    return decoding;
  }

  /**
   * Not all frames have come: they show nothing, or the decoder holds back more frames than it
   * said. What follows in the chain tells.
   */
  private void lookBeyond(PacketBatch batch, ChainDecoding decoding, BooleanSupplier abandoned) {
    int head = batch.chain().orElseThrow().head();
    try (ChainSource.Batches batches = openAt(batch.sequence() + 1, abandoned)) {
      for (int next = batch.sequence() + 1; decoding.awaits(); next++) {
        decoding.lookAt(next(batches, next, head));
      }
    }
  }

  /** The original's batches from {@code sequence} on. */
  private ChainSource.Batches openAt(int sequence, BooleanSupplier abandoned) {
    ChainSource.Batches batches = source.open();
    try {
      for (int passed = 0; passed < sequence && batches.hasNext(); passed++) {
        throwIf(abandoned);
        batches.next();
      }
      return batches;
    } catch (RuntimeException e) {
      batches.close();
      throw e;
    }
  }

  private static PacketBatch next(ChainSource.Batches batches, int sequence, int head) {
    Optional<PacketBatch> batch =
        batches.hasNext() ? Optional.of(batches.next()) : Optional.empty();
    return batch
        .filter(found -> found.sequence() == sequence)
        .filter(found -> found.chain().filter(link -> link.head() == head).isPresent())
        .orElseThrow(
            () ->
                new MediaException(
                    MEDIA_UNREADABLE,
                    "The original has no batch "
                        + sequence
                        + " that goes on from batch "
                        + head
                        + " any more; check that it is unchanged."));
  }

  static void throwIf(BooleanSupplier abandoned) {
    if (abandoned.getAsBoolean()) {
      throw new CancellationException("abandoned on the way to the batch");
    }
  }
}
