package io.zoetrope.splitter;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.zoetrope.batches.FrameBatchEvents;
import io.zoetrope.events.FrameBatch;
import io.zoetrope.schemas.BatchHeaders;
import io.zoetrope.schemas.Keys;
import io.zoetrope.schemas.Topics;

/** Puts frame batches into transactions, each in its place, and counts them. */
final class BatchPublisher {
  private final Counter batches;
  private final Counter frames;

  BatchPublisher(MeterRegistry meters) {
    this.batches = meters.counter("zoetrope.splitter.batches");
    this.frames = meters.counter("zoetrope.splitter.frames");
  }

  void send(EventTransactions transactions, FrameBatch batch) {
    transactions.send(
        Topics.FRAME_BATCHES,
        Keys.frameBatch(batch.getSplitId(), batch.getSequence()),
        FrameBatchEvents.place(batch),
        batch,
        BatchHeaders.of(batch)::addTo);
    batches.increment();
    frames.increment(batch.getExpectedFrames());
  }
}
