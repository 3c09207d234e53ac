package io.zoetrope.detector.inference;

import io.zoetrope.media.ChainDecoder;
import io.zoetrope.media.FrameOutcome;
import io.zoetrope.media.FrameSink;
import io.zoetrope.media.PacketBatch;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * A decode chain in hand: the decoder that its batches share. Whichever worker is free enters with
 * the next batch, and nobody else until it leaves. Owns the decoder, which goes when the chain is
 * closed, from any thread: at once, or when the worker that is inside has noticed.
 */
public final class Chain implements AutoCloseable {
  private final Supplier<ChainDecoder> opening;
  private ChainDecoder decoder;
  private boolean entered;
  private volatile boolean closed;

  /** A chain that nothing is decoded of yet. */
  public Chain(Supplier<ChainDecoder> opening) {
    this.opening = opening;
  }

  /** Whether the caller is the one who may decode now. */
  synchronized boolean tryEnter() {
    boolean free = !entered;
    entered = true;
    return free;
  }

  synchronized void leave() {
    entered = false;
    if (closed) {
      free();
    }
  }

  /** To be called by who has entered; gives up soon after the chain is closed or abandoned. */
  List<FrameOutcome> decode(PacketBatch batch, FrameSink sink, BooleanSupplier abandoned) {
    if (closed) {
      throw new CancellationException();
    }
    if (decoder == null) {
      decoder = opening.get();
    }
    return decoder.decode(batch, sink, () -> closed || abandoned.getAsBoolean());
  }

  @Override
  public synchronized void close() {
    closed = true;
    if (!entered) {
      free();
    }
  }

  private void free() {
    if (decoder != null) {
      decoder.close();
      decoder = null;
    }
  }
}
