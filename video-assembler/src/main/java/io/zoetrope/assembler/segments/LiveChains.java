package io.zoetrope.assembler.segments;

import io.zoetrope.batches.ChainDecoders;
import io.zoetrope.events.FrameBatch;
import io.zoetrope.media.ChainDecoder;
import java.nio.channels.SeekableByteChannel;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * The decoders of decode chains that may go on: those used last. Each holds many pictures, and one
 * that is gone is brought back from the original where its chain does go on. One thread.
 */
final class LiveChains implements AutoCloseable {
  private static final int MOST = 3;

  private final Function<String, SeekableByteChannel> originals;
  private final Map<Key, ChainDecoder> decoders = new LinkedHashMap<>(MOST, 0.75f, true);

  private record Key(String renderId, int head) {}

  /**
   * No decoders yet.
   *
   * @param originals opens the original at a location
   */
  LiveChains(Function<String, SeekableByteChannel> originals) {
    this.originals = originals;
  }

  /** The decoder of the chain that a batch is in; not to be closed. */
  ChainDecoder decoder(String renderId, FrameBatch batch) {
    Key key = new Key(renderId, batch.getChain().getHead());
    forget(key);
    return decoders.computeIfAbsent(key, unused -> ChainDecoders.of(batch, originals).get());
  }

  /** Those whose chains have ended, and the one used longest ago where there are too many. */
  private void forget(Key wanted) {
    decoders.values().removeIf(decoder -> !decoder.isLive());
    Iterator<Map.Entry<Key, ChainDecoder>> all = decoders.entrySet().iterator();
    while (!decoders.containsKey(wanted) && decoders.size() >= MOST) {
      all.next().getValue().close();
      all.remove();
    }
  }

  @Override
  public void close() {
    decoders.values().forEach(ChainDecoder::close);
    decoders.clear();
  }
}
