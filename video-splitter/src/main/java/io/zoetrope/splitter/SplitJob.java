package io.zoetrope.splitter;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.zoetrope.events.FrameBatch;
import io.zoetrope.events.RunRequested;
import io.zoetrope.events.SplitEvent;
import io.zoetrope.schemas.Keys;
import io.zoetrope.schemas.Topics;
import io.zoetrope.splitter.VideoSource.Slice;
import io.zoetrope.store.MediaStore;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One video being cut for some runs: a transaction a step, the last of which also settles the
 * requests. Used by one thread.
 */
final class SplitJob implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SplitJob.class);

  private final SplitterSettings settings;
  private final MediaStore store;
  private final PacketReferences references;
  private final SplitStates states;
  private final SplitPass pass;
  private final String key;
  private final CutAttempts.Admission admission;
  private final TopicPartition partition;
  private final long nextOffset;
  private final Counter batches;
  private final Counter frames;
  private VideoSource source;
  private boolean waiting;
  private int nextSequence;
  private long framesSoFar;

  /**
   * A job that has nothing done yet.
   *
   * @param requests of one split, from one partition
   * @param admission without which the video isn't opened
   * @param nextOffset where that partition goes on once they are settled
   */
  SplitJob(
      SplitterSettings settings,
      MediaStore store,
      PacketReferences references,
      SplitStates states,
      MeterRegistry meters,
      List<RunRequested> requests,
      CutAttempts.Admission admission,
      TopicPartition partition,
      long nextOffset) {
    this.settings = settings;
    this.store = store;
    this.references = references;
    this.states = states;
    this.key = Keys.split(requests.get(0).getVideoId(), requests.get(0).getSplitId());
    this.pass = SplitPass.of(requests, states.last(key));
    this.admission = admission;
    this.partition = partition;
    this.nextOffset = nextOffset;
    this.nextSequence = pass.firstSequence();
    this.framesSoFar = pass.framesBefore();
    this.batches = meters.counter("zoetrope.splitter.batches");
    this.frames = meters.counter("zoetrope.splitter.frames");
  }

  /**
   * Publishes the next piece.
   *
   * @return whether it was the last one
   * @throws KafkaException where the transaction failed, and with it the job
   */
  boolean step(EventTransactions transactions) {
    if (pass.runs().isEmpty()) {
      transactions.begin();
      transactions.settle(partition, nextOffset);
      transactions.commit();
      return true;
    }
    Slice slice;
    try {
      waiting = source == null && !admission.granted(pass.runs().get(0));
      if (waiting) {
        return false;
      }
      if (source == null) {
        source = VideoSource.open(store, references, pass.runs(), nextSequence, settings.limits());
      }
      slice = source.next(settings.transactionTime(), settings.transactionBytes());
    } catch (RuntimeException e) {
      reject(transactions, Rejection.of(e));
      return true;
    }
    if (slice.last() || !slice.batches().isEmpty()) {
      publish(transactions, slice);
    }
    return slice.last();
  }

  private void publish(EventTransactions transactions, Slice slice) {
    transactions.begin();
    for (FrameBatch batch : slice.batches()) {
      transactions.send(
          Topics.FRAME_BATCHES,
          Keys.frameBatch(batch.getSplitId(), batch.getSequence()),
          FrameBatchEvents.place(batch),
          batch);
      nextSequence = batch.getSequence() + 1;
      framesSoFar += batch.getExpectedFrames();
      batches.increment();
      frames.increment(batch.getExpectedFrames());
    }
    if (slice.last()) {
      finish(transactions, pass.completed(source.completed()));
    } else {
      SplitEvent progress = pass.progress(nextSequence, framesSoFar, estimatedFrames());
      transactions.send(Topics.SPLITS, key, progress);
      transactions.commit();
      states.committed(key, progress);
    }
  }

  private void reject(EventTransactions transactions, Rejection rejection) {
    LOG.warn(
        "Video {} is rejected: {}: {}",
        pass.runs().get(0).getVideoId(),
        rejection.code(),
        rejection.message());
    transactions.begin();
    finish(transactions, pass.rejected(rejection));
  }

  private void finish(EventTransactions transactions, SplitEvent last) {
    transactions.send(Topics.SPLITS, key, last);
    transactions.settle(partition, nextOffset);
    transactions.commit();
    states.committed(key, last);
  }

  private Long estimatedFrames() {
    return Optional.of(source.estimatedFrames()).filter(count -> count > 0).orElse(null);
  }

  /** Whether the last step had to be put off. */
  boolean isWaiting() {
    return waiting;
  }

  @Override
  public void close() {
    admission.close();
    if (source != null) {
      source.close();
    }
  }
}
