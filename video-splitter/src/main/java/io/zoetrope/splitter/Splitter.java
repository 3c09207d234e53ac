package io.zoetrope.splitter;

import io.micrometer.core.instrument.MeterRegistry;
import io.zoetrope.events.RunRequested;
import io.zoetrope.schemas.Topics;
import io.zoetrope.schemas.serdes.EventSerdes;
import io.zoetrope.store.MediaStore;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs → frame batches. One thread that takes turns between the videos that it cuts, at most one
 * for each partition, a transaction each, and polls between them, so that it stays in its group
 * however long a video is. A partition with a video in hand is paused.
 */
final class Splitter {
  private static final Logger LOG = LoggerFactory.getLogger(Splitter.class);
  private static final Duration IDLE_POLL = Duration.ofMillis(100);

  private final String owner;
  private final SplitterSettings settings;
  private final EventSerdes serdes;
  private final MediaStore store;
  private final PacketReferences references;
  private final MeterRegistry meters;
  private final Deserializer<RunRequested> deserializer;
  private final SplitStates states;
  private final Map<TopicPartition, Deque<ConsumerRecord<byte[], byte[]>>> queues = new HashMap<>();
  private final Map<TopicPartition, SplitJob> jobs = new HashMap<>();

  /**
   * Starts nothing yet.
   *
   * @param owner names this process, and no other that was before it
   */
  Splitter(
      String owner,
      SplitterSettings settings,
      EventSerdes serdes,
      MediaStore store,
      MeterRegistry meters) {
    this.owner = owner;
    this.settings = settings;
    this.serdes = serdes;
    this.store = store;
    this.references = new PacketReferences(store, serdes.packetObjects());
    this.meters = meters;
    this.deserializer = serdes.deserializer(Topics.RUNS);
    this.states = new SplitStates(settings.kafka(), serdes);
  }

  void run(BooleanSupplier running) {
    try (var transactions = new EventTransactions(settings, serdes, "zoetrope-splitter", Map.of());
        var attempts = new CutAttempts(owner, store, settings.limits(), transactions.consumer())) {
      Consumer<byte[], byte[]> consumer = transactions.consumer();
      consumer.subscribe(List.of(Topics.RUNS.name()), new Partitions(attempts));
      while (running.getAsBoolean()) {
        enqueue(consumer, consumer.poll(isIdle() ? IDLE_POLL : Duration.ZERO));
        for (TopicPartition partition : Set.copyOf(queues.keySet())) {
          advance(transactions, attempts, partition);
        }
      }
      attempts.withdraw(jobs.keySet());
    } finally {
      Set.copyOf(jobs.keySet()).forEach(this::endJob);
    }
  }

  private void enqueue(Consumer<byte[], byte[]> consumer, ConsumerRecords<byte[], byte[]> records) {
    for (TopicPartition partition : records.partitions()) {
      queues.computeIfAbsent(partition, p -> new ArrayDeque<>()).addAll(records.records(partition));
      consumer.pause(Set.of(partition));
    }
  }

  private boolean isIdle() {
    return queues.keySet().stream()
        .allMatch(partition -> jobs.containsKey(partition) && jobs.get(partition).isWaiting());
  }

  private void advance(
      EventTransactions transactions, CutAttempts attempts, TopicPartition partition) {
    SplitJob job = jobs.computeIfAbsent(partition, p -> nextJob(p, attempts));
    if (job == null || job.step(transactions)) {
      endJob(partition);
      if (queues.get(partition).isEmpty()) {
        queues.remove(partition);
        transactions.consumer().resume(Set.of(partition));
      }
    }
  }

  /** The first request of the queue, together with those behind it that want the same split. */
  private SplitJob nextJob(TopicPartition partition, CutAttempts attempts) {
    Deque<ConsumerRecord<byte[], byte[]>> queue = queues.get(partition);
    List<RunRequested> requests = new ArrayList<>();
    long firstOffset = queue.peek().offset();
    long nextOffset = firstOffset;
    while (!queue.isEmpty()) {
      RunRequested request = read(queue.peek());
      boolean other =
          request != null
              && !requests.isEmpty()
              && !request.getSplitId().equals(requests.get(0).getSplitId());
      if (other) {
        break;
      }
      nextOffset = queue.poll().offset() + 1;
      if (request != null) {
        requests.add(request);
      }
    }
    return requests.isEmpty()
        ? null
        : new SplitJob(
            settings,
            store,
            references,
            states,
            meters,
            requests,
            attempts.admission(partition, firstOffset),
            partition,
            nextOffset);
  }

  /** Null for a deleted run, and for what can't be read. */
  private RunRequested read(ConsumerRecord<byte[], byte[]> record) {
    try {
      return deserializer.deserialize(record.topic(), record.value());
    } catch (SerializationException e) {
      LOG.warn(
          "Skipped a record of {} at {}-{}: {}",
          record.topic(),
          record.partition(),
          record.offset(),
          e.getMessage());
      return null;
    }
  }

  private void endJob(TopicPartition partition) {
    SplitJob job = jobs.remove(partition);
    if (job != null) {
      job.close();
    }
  }

  private final class Partitions implements ConsumerRebalanceListener {
    private final CutAttempts attempts;

    Partitions(CutAttempts attempts) {
      this.attempts = attempts;
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> assigned) {
      attempts.assigned(assigned);
      // What another process wrote in the meantime is read when it is first needed.
      assigned.forEach(partition -> states.forget(partition.partition()));
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> revoked) {
      attempts.withdraw(revoked);
      giveUp(revoked);
    }

    @Override
    public void onPartitionsLost(Collection<TopicPartition> lost) {
      giveUp(lost);
    }

    private void giveUp(Collection<TopicPartition> revoked) {
      queues.keySet().removeAll(revoked);
      revoked.forEach(Splitter.this::endJob);
    }
  }
}
