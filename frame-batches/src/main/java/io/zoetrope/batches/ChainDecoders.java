package io.zoetrope.batches;

import io.zoetrope.events.DecodeChain;
import io.zoetrope.events.FrameBatch;
import io.zoetrope.events.SplitOptions;
import io.zoetrope.media.ChainDecoder;
import io.zoetrope.media.ChainSource;
import io.zoetrope.media.VideoStream;
import io.zoetrope.schemas.Identities;
import java.nio.channels.SeekableByteChannel;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Makes the decoders of decode chains, each with the way back to the video's original: from there
 * it is brought to a batch whose predecessors it hasn't seen.
 */
public final class ChainDecoders {
  private static final String IN_MESSAGES = "The original";

  private ChainDecoders() {}

  /**
   * A decoder for the chain of {@code batch}, of which nothing is kept but how it was cut.
   *
   * @param originals opens the one at a location, whenever the decoder has to catch up
   */
  public static Supplier<ChainDecoder> of(
      FrameBatch batch, Function<String, SeekableByteChannel> originals) {
    VideoStream stream = FrameBatchReader.stream(batch.getStream());
    DecodeChain chain = batch.getChain();
    ChainSource source =
        ChainSource.over(
            () -> {
              requireSameCutter(chain.getSplit());
              return originals.apply(chain.getLocation());
            },
            IN_MESSAGES,
            FrameBatchEvents.of(chain.getSplit()));
    return () -> new ChainDecoder(stream, source);
  }

  /** Only the same rule cuts the original into the same batches. */
  private static void requireSameCutter(SplitOptions split) {
    if (split.getCutter() != Identities.CUTTER) {
      throw new BatchException(
          "CHAIN_OUTDATED",
          "The batches before this one were cut by version %d of the cutter, which this process doesn't have; ask for the run again."
              .formatted(split.getCutter()));
    }
  }
}
