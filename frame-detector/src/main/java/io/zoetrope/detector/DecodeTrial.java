package io.zoetrope.detector;

import io.zoetrope.batches.ChainDecoders;
import io.zoetrope.batches.FrameBatchReader;
import io.zoetrope.events.FrameBatch;
import io.zoetrope.isolation.TrialChild;
import io.zoetrope.media.BatchDecoder;
import io.zoetrope.media.ChainDecoder;
import io.zoetrope.media.DecodedFrame;
import io.zoetrope.media.FramePreparer;
import io.zoetrope.media.FrameSink;
import io.zoetrope.media.InputFormat;
import io.zoetrope.media.PacketBatch;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.channels.SeekableByteChannel;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a trial process of the detector does: everything that native code does with a batch before
 * the model sees it, and nothing with what comes of it.
 */
final class DecodeTrial {
  private static final Logger LOG = LoggerFactory.getLogger(DecodeTrial.class);

  /** Kept from one batch of a chain to the next. */
  private Optional<ChainKey> chain = Optional.empty();

  private ChainDecoder decoder;
  private SeekableByteChannel original;

  private DecodeTrial() {}

  public static void main(String[] arguments) throws IOException {
    TrialChild.serve(new DecodeTrial()::decode);
  }

  private void decode(ByteBuffer request, SeekableByteChannel source) throws IOException {
    TrialRequest asked = TrialRequest.of(request);
    InputFormat format = asked.format();
    FloatBuffer tensor =
        ByteBuffer.allocateDirect(Float.BYTES * format.floats())
            .order(ByteOrder.nativeOrder())
            .asFloatBuffer();
    try (FramePreparer preparer = new FramePreparer()) {
      decode(asked.batch(), source, frame -> prepare(preparer, frame, format, tensor));
    }
  }

  /** What the preparer refuses mustn't keep the frames after it from their trial. */
  private static void prepare(
      FramePreparer preparer, DecodedFrame frame, InputFormat format, FloatBuffer tensor) {
    try (frame) {
      preparer.prepare(frame, format, tensor);
    } catch (RuntimeException e) {
      LOG.debug("A frame can't be prepared", e);
    }
  }

  private void decode(FrameBatch event, SeekableByteChannel source, FrameSink sink) {
    PacketBatch batch = FrameBatchReader.batch(event);
    if (batch.chain().isEmpty()) {
      try (BatchDecoder decoder = new BatchDecoder(FrameBatchReader.stream(event.getStream()), 1)) {
        decoder.decode(batch, sink);
      }
      return;
    }
    original = source;
    ChainKey key = ChainKey.of(event).orElseThrow();
    if (!Optional.of(key).equals(chain)) {
      close();
      decoder = ChainDecoders.of(event, location -> original).get();
      chain = Optional.of(key);
    }
    decoder.decode(batch, sink, () -> false);
  }

  private void close() {
    if (chain.isPresent()) {
      decoder.close();
      chain = Optional.empty();
    }
  }
}
