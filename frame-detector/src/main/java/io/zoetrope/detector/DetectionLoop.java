package io.zoetrope.detector;

import io.zoetrope.detector.inference.BatchInference;
import io.zoetrope.detector.inference.BatchResult;
import io.zoetrope.detector.inference.Failure;
import io.zoetrope.events.BatchRun;
import io.zoetrope.events.FrameBatch;
import io.zoetrope.schemas.Topics;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads frame batches, has them inferred and publishes what comes of it, polling all the while. One
 * thread. It has no way to go on after an exception: close it, and what wasn't published is read
 * again by the next one, here or elsewhere.
 */
final class DetectionLoop implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DetectionLoop.class);
  private static final Duration IDLE_POLL = Duration.ofMillis(200);
  private static final Duration BUSY_POLL = Duration.ofMillis(20);
  private static final Duration OFFSETS_ALONE = Duration.ofSeconds(1);
  private static final CloseOptions CLOSE = CloseOptions.timeout(Duration.ofSeconds(5));

  private final DetectorSettings settings;
  private final String modelId;
  private final Deserializer<FrameBatch> deserializer;
  private final Consumer<String, byte[]> consumer;
  private final DetectionPublisher publisher;
  private final BatchInference inference;
  private final DetectorMeters meters;
  private final BatchesInFlight inFlight = new BatchesInFlight();
  private final Map<TopicPartition, Long> committed = new HashMap<>();
  private long lastCommitNanos = System.nanoTime();
  private boolean closing;

  /** Takes ownership of the consumer; publisher and inference have to outlive the loop. */
  DetectionLoop(
      DetectorSettings settings,
      String modelId,
      Deserializer<FrameBatch> deserializer,
      Consumer<String, byte[]> consumer,
      DetectionPublisher publisher,
      BatchInference inference,
      DetectorMeters meters) {
    this.settings = settings;
    this.modelId = modelId;
    this.deserializer = deserializer;
    this.consumer = consumer;
    this.publisher = publisher;
    this.inference = inference;
    this.meters = meters;
  }

  /** Returns once {@code running} says no and the batches in hand are finished or given up. */
  void run(BooleanSupplier running) {
    publisher.open();
    consumer.subscribe(List.of(Topics.FRAME_BATCHES.name()), new Partitions());
    while (running.getAsBoolean()) {
      if (inFlight.size() < settings.maxBatchesInFlight()) {
        consumer.resume(consumer.paused());
      } else {
        consumer.pause(consumer.assignment());
      }
      consumer.poll(inFlight.size() == 0 ? IDLE_POLL : BUSY_POLL).forEach(this::take);
      publish(OFFSETS_ALONE);
    }
    finish(consumer.assignment());
  }

  private void take(ConsumerRecord<String, byte[]> record) {
    FrameBatch batch = read(record);
    if (batch == null) {
      return;
    }
    List<BatchRun> runs =
        batch.getRuns().stream().filter(run -> run.getModelId().equals(modelId)).toList();
    if (runs.isEmpty()) {
      meters.skipped();
      return;
    }
    inFlight.add(
        new PendingBatch(
            new TopicPartition(record.topic(), record.partition()),
            record.offset(),
            batch.getVideoId(),
            batch.getSplitId(),
            batch.getSequence(),
            batch.getFirstFrame(),
            batch.getExpectedFrames(),
            runs,
            infer(batch, runs)));
  }

  private CompletableFuture<BatchResult> infer(FrameBatch batch, List<BatchRun> runs) {
    try {
      return inference.submit(FrameBatchReader.request(batch, runs));
    } catch (IllegalArgumentException e) {
      Failure failure = new Failure("BATCH_INVALID", e.getMessage());
      return CompletableFuture.completedFuture(BatchResult.failed(failure));
    }
  }

  /** Null for a deleted batch, and for what is none. */
  private FrameBatch read(ConsumerRecord<String, byte[]> record) {
    try {
      return deserializer.deserialize(record.topic(), record.value());
    } catch (SerializationException e) {
      LOG.error(
          "Skipped {} at {}-{}, offset {}: {}",
          record.key(),
          record.topic(),
          record.partition(),
          record.offset(),
          e.getMessage());
      meters.unreadable();
      return null;
    }
  }

  /**
   * Publishes the batches that are done, with their offsets. Where there are none, offsets that
   * moved on over other models' batches wait until the last commit is {@code patience} ago.
   */
  private void publish(Duration patience) {
    List<PendingBatch> done = inFlight.takeDone();
    if (done.isEmpty() && System.nanoTime() - lastCommitNanos < patience.toNanos()) {
      return;
    }
    Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
    for (TopicPartition partition : consumer.assignment()) {
      // The position rather than the offset after the last batch: it is behind the transaction's
      // marker too, so that a group that has read everything has no lag.
      long next = inFlight.firstOffset(partition).orElseGet(() -> consumer.position(partition));
      if (!Long.valueOf(next).equals(committed.put(partition, next))) {
        offsets.put(partition, new OffsetAndMetadata(next));
      }
    }
    if (!done.isEmpty() || !offsets.isEmpty()) {
      publisher.publish(done, offsets, consumer.groupMetadata());
    }
    lastCommitNanos = System.nanoTime();
  }

  /** Lets the batches of these partitions finish, within bounds, and gives the others up. */
  private void finish(Collection<TopicPartition> partitions) {
    CompletableFuture<?>[] results =
        inFlight.of(partitions).stream()
            .map(PendingBatch::result)
            .toArray(CompletableFuture<?>[]::new);
    try {
      CompletableFuture.allOf(results).get(settings.finishTime().toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      LOG.info("Gives up batches that take longer than {} to finish", settings.finishTime());
    } catch (ExecutionException e) {
      throw new IllegalStateException("inference failed", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    publish(Duration.ZERO);
    forget(partitions);
  }

  private void forget(Collection<TopicPartition> partitions) {
    inFlight.abandon(partitions);
    committed.keySet().removeAll(partitions);
  }

  /** Gives up what is in hand; returns within seconds. */
  @Override
  public void close() {
    closing = true;
    inFlight.abandonAll();
    consumer.close(CLOSE);
  }

  private final class Partitions implements ConsumerRebalanceListener {
    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {}

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
      if (!closing) {
        finish(partitions);
      }
    }

    @Override
    public void onPartitionsLost(Collection<TopicPartition> partitions) {
      forget(partitions);
    }
  }
}
