package io.zoetrope.benchmarks;

import io.zoetrope.media.BatchDecoder;
import io.zoetrope.media.ChainDecoder;
import io.zoetrope.media.ChainSource;
import io.zoetrope.media.CutOptions;
import io.zoetrope.media.FrameSink;
import io.zoetrope.media.PacketBatch;
import io.zoetrope.media.VideoStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Decodes batches as a detector does: alone, or with their chain's decoder. */
final class AnyDecoder implements AutoCloseable {
  private final BatchDecoder alone;
  private final ChainDecoder chained;

  AnyDecoder(Path video, VideoStream stream, CutOptions options) {
    alone = new BatchDecoder(stream, 1);
    chained =
        new ChainDecoder(
            stream, ChainSource.over(() -> Files.newByteChannel(video), video.toString(), options));
  }

  /** Gives the number of frames. */
  long decode(PacketBatch batch, FrameSink sink) {
    return batch.chain().isPresent()
        ? chained.decode(batch, sink, () -> false).size()
        : alone.decode(batch, sink).size();
  }

  @Override
  public void close() {
    chained.close();
    alone.close();
  }
}
