package io.zoetrope.detector;

import io.zoetrope.batches.BatchException;
import io.zoetrope.batches.BatchReferences;
import io.zoetrope.batches.ChainDecoders;
import io.zoetrope.detector.inference.BatchInference;
import io.zoetrope.detector.inference.Chain;
import io.zoetrope.detector.inference.Failure;
import io.zoetrope.isolation.Pulse;
import io.zoetrope.schemas.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
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
  private static final Duration FULL_WAIT = Duration.ofMillis(200);

  /** What a result waits for others to share its transaction, while there is more to do. */
  private static final Duration BETWEEN_COMMITS = Duration.ofSeconds(1);

  /** In which the transaction of a process that is gone comes to its end, usually in twenty. */
  private static final Duration UNDER_WAY = Duration.ofSeconds(30);

  private static final int MAX_CHAINS = 8;
  private static final Duration CHAIN_PATIENCE = Duration.ofSeconds(30);
  private static final CloseOptions CLOSE = CloseOptions.timeout(Duration.ofSeconds(5));

  private final DetectorSettings settings;
  private final BatchSelection selection;
  private final RunCriteria criteria;
  private final BatchReferences references;
  private final Consumer<byte[], byte[]> consumer;
  private final DetectionPublisher publisher;
  private final BatchInference inference;
  private final AttemptLog attempts;
  private final Quarantine quarantine;
  private final SetAside setAside;
  private final DetectorMeters meters;
  private final BatchesInFlight inFlight = new BatchesInFlight();
  private final ChainSeats chains = new ChainSeats(MAX_CHAINS, CHAIN_PATIENCE, System::nanoTime);
  private final List<FetchedBatch> ready = new ArrayList<>();
  private final Semaphore batchesDone = new Semaphore(0);
  private long lastCommitNanos = System.nanoTime();
  private boolean closing;

  /** Takes ownership of consumer and quarantine; the others have to outlive the loop. */
  DetectionLoop(
      DetectorSettings settings,
      BatchSelection selection,
      RunCriteria criteria,
      BatchReferences references,
      Consumer<byte[], byte[]> consumer,
      DetectionPublisher publisher,
      BatchInference inference,
      AttemptLog attempts,
      Quarantine quarantine,
      SetAside setAside,
      DetectorMeters meters) {
    this.settings = settings;
    this.selection = selection;
    this.criteria = criteria;
    this.references = references;
    this.consumer = consumer;
    this.publisher = publisher;
    this.inference = inference;
    this.attempts = attempts;
    this.quarantine = quarantine;
    this.setAside = setAside;
    this.meters = meters;
  }

  /**
   * Returns once {@code running} says no and the batches in hand are finished or given up.
   *
   * @param pulse beaten with every turn
   */
  void run(BooleanSupplier running, Pulse pulse) {
    publisher.open();
    consumer.subscribe(List.of(Topics.FRAME_BATCHES.name()), new Partitions());
    while (running.getAsBoolean()) {
      pulse.beat();
      pauseAndResume();
      poll().forEach(record -> selection.sort(record, this::take, inFlight::add));
      quarantine.release(ready::add);
      ready.forEach(batch -> attempts.begin(batch.pending()));
      if (isPublishingDue()) {
        publish();
      }
      begin();
      chains.update(inFlight.chains());
    }
    finish(consumer.assignment());
  }

  private void pauseAndResume() {
    Set<TopicPartition> busy = new HashSet<>(inFlight.crowded());
    busy.addAll(chains.waiting());
    if (isFull()) {
      busy.addAll(consumer.assignment());
    }
    Set<TopicPartition> paused = consumer.paused();
    consumer.pause(without(busy, paused));
    consumer.resume(without(paused, busy));
  }

  /**
   * What comes next. While records of a paused partition lie in the consumer's buffer, a poll that
   * is to wait doesn't, but spins; the waiting is therefore done here.
   */
  private ConsumerRecords<byte[], byte[]> poll() {
    if (consumer.paused().isEmpty()) {
      return consumer.poll(inFlight.size() == 0 ? IDLE_POLL : BUSY_POLL);
    }
    awaitDone(isFull() ? FULL_WAIT : BUSY_POLL);
    return consumer.poll(Duration.ZERO);
  }

  private void awaitDone(Duration patience) {
    try {
      if (batchesDone.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS)) {
        batchesDone.drainPermits();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Batches in quarantine leave the workers free for others. */
  private boolean isFull() {
    int limit = settings.maxBatchesInFlight();
    return inFlight.unfinished() - quarantine.size() >= limit || inFlight.size() >= 3 * limit;
  }

  private static List<TopicPartition> without(
      Set<TopicPartition> partitions, Set<TopicPartition> others) {
    return partitions.stream().filter(partition -> !others.contains(partition)).toList();
  }

  private void take(FetchedBatch batch) {
    PendingBatch pending = batch.pending();
    boolean admitted =
        pending.chain().isEmpty()
            || chains.admit(
                pending.chain().get(), batch.event().getChain().getLast(), pending.partition());
    if (!admitted) {
      consumer.seek(pending.partition(), pending.offset());
      return;
    }
    inFlight.add(pending);
    pending.whenDone(batchesDone::release);
    if (!quarantine.takesIn(batch, attempts.deaths(pending))) {
      ready.add(batch);
    }
  }

  /** A transaction is a dozen requests, so it isn't made for every batch while others follow. */
  private boolean isPublishingDue() {
    boolean allIsDone = inFlight.size() > 0 && inFlight.unfinished() == 0;
    return allIsDone
        || inFlight.publishable() >= settings.maxBatchesInFlight()
        || System.nanoTime() - lastCommitNanos >= BETWEEN_COMMITS.toNanos();
  }

  /** Publishes the batches that are done, with their offsets and those that others' batches had. */
  private void publish() {
    List<PendingBatch> done = inFlight.takeDone();
    Map<TopicPartition, OffsetAndMetadata> offsets = toCommit(consumer.assignment());
    if (!done.isEmpty() || !offsets.isEmpty()) {
      publisher.publish(done, offsets, consumer.groupMetadata());
    }
    lastCommitNanos = System.nanoTime();
  }

  /** Gives the workers what is ready; what they have is on record before they do. */
  private void begin() {
    Map<TopicPartition, OffsetAndMetadata> offsets =
        toCommit(ready.stream().map(batch -> batch.pending().partition()).toList());
    if (!offsets.isEmpty()) {
      meters.attempts().record(() -> consumer.commitSync(offsets));
    }
    ready.forEach(this::begin);
    ready.clear();
  }

  private void begin(FetchedBatch batch) {
    PendingBatch pending = batch.pending();
    try {
      Optional<Chain> chain =
          pending
              .chain()
              .map(key -> chains.chain(key, ChainDecoders.of(batch.event(), references::original)));
      inference.submit(
          InferenceRequests.of(batch.event(), pending.runs(), criteria, chain, references),
          pending.result());
    } catch (BatchException e) {
      pending.fail(new Failure(e.code(), e.getMessage()));
    }
  }

  private Map<TopicPartition, OffsetAndMetadata> toCommit(Collection<TopicPartition> partitions) {
    // The position rather than the offset after the last batch: it is behind the transaction's
    // marker too, so that a group that has read everything has no lag.
    return attempts.toCommit(
        partitions,
        inFlight,
        partition -> inFlight.firstOffset(partition).orElseGet(() -> consumer.position(partition)));
  }

  /** Lets the batches of these partitions finish, within bounds, and gives the others up. */
  private void finish(Collection<TopicPartition> partitions) {
    CompletableFuture<?>[] results =
        attempts.inHand(partitions).stream()
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
    // What is given up in an orderly way is no death.
    attempts.release(partitions);
    publish();
    forget(partitions);
  }

  private void forget(Collection<TopicPartition> partitions) {
    inFlight.abandon(partitions);
    attempts.forget(partitions);
    setAside.forget(partitions);
    chains.forget(partitions);
  }

  /** Gives up what is in hand; returns within seconds. */
  @Override
  public void close() {
    closing = true;
    inFlight.abandonAll();
    chains.close();
    quarantine.close();
    consumer.close(CLOSE);
  }

  private final class Partitions implements ConsumerRebalanceListener {
    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
      attempts.assigned(consumer.committed(Set.copyOf(partitions), UNDER_WAY));
    }

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
