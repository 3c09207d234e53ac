package io.zoetrope.splitter;

import io.micrometer.core.instrument.MeterRegistry;
import io.zoetrope.isolation.Pulse;
import io.zoetrope.schemas.Groups;
import io.zoetrope.schemas.serdes.EventSerdes;
import io.zoetrope.store.MediaStore;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs → frame batches. One thread that takes turns between the videos that it cuts, a transaction
 * each, and polls between them, so that it stays in its group however long a video is. Few videos
 * are open at a time; one that waits for the detectors is closed where another needs its place.
 */
final class Splitter {
  private static final Logger LOG = LoggerFactory.getLogger(Splitter.class);
  private static final Duration IDLE_POLL = Duration.ofMillis(100);

  /** Each holds part of a batch in memory, and its index. */
  private static final int OPEN_VIDEOS = 16;

  /** After which detectors that are so far behind are unlikely to be back in a moment. */
  private static final Duration PUT_BY_AFTER = Duration.ofMinutes(1);

  private final String owner;
  private final SplitterSettings settings;
  private final EventSerdes serdes;
  private final MediaStore store;
  private final MeterRegistry meters;
  private final Map<TopicPartition, PartitionJobs> partitions = new HashMap<>();
  private final Deque<CutJob> turns = new ArrayDeque<>();

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
    this.meters = meters;
  }

  /**
   * @param pulse beaten with every turn
   */
  void run(BooleanSupplier running, Pulse pulse) {
    try (var transactions = new EventTransactions(settings, serdes, Groups.SPLITTER, Map.of());
        var attempts = new CutAttempts(owner, store, settings.limits(), transactions.consumer());
        var jobs = new CutJobs(settings, serdes, store, meters)) {
      Consumer<byte[], byte[]> consumer = transactions.consumer();
      consumer.subscribe(CutJobs.topics(), new Partitions(attempts, jobs));
      boolean worked = false;
      while (running.getAsBoolean()) {
        pulse.beat();
        poll(consumer, worked).forEach(record -> partitionOf(record).add(record));
        partitions.values().forEach(this::begin);
        worked = step(transactions);
        putByIdle();
        pauseAndResume(consumer);
      }
      attempts.withdraw(partitions.keySet());
    } finally {
      turns.forEach(CutJob::close);
    }
  }

  private PartitionJobs partitionOf(ConsumerRecord<?, ?> record) {
    return partitions.get(new TopicPartition(record.topic(), record.partition()));
  }

  /**
   * What comes next. While records of a paused partition lie in the consumer's buffer, a poll that
   * is to wait doesn't, but spins; the waiting is therefore done here.
   */
  private static ConsumerRecords<byte[], byte[]> poll(
      Consumer<byte[], byte[]> consumer, boolean worked) {
    if (worked) {
      return consumer.poll(Duration.ZERO);
    }
    if (consumer.paused().isEmpty()) {
      return consumer.poll(IDLE_POLL);
    }
    LockSupport.parkNanos(IDLE_POLL.toNanos());
    return consumer.poll(Duration.ZERO);
  }

  private void begin(PartitionJobs partition) {
    for (Optional<CutJob> job = partition.next(); job.isPresent(); job = partition.next()) {
      turns.add(job.get());
    }
  }

  /** Lets the first job work that can; gives whether there was one. */
  private boolean step(EventTransactions transactions) {
    for (int waiting = turns.size(); waiting > 0; waiting--) {
      CutJob job = turns.remove();
      turns.add(job);
      if (job.mayGoOn() && hasPlace(job)) {
        switch (job.step(transactions)) {
          case WAITED -> {}
          case WORKED -> {
            return true;
          }
          case ENDED -> {
            turns.remove(job);
            partitions.get(job.assignment().partition()).ended(job);
            job.close();
            return true;
          }
        }
      }
    }
    return false;
  }

  /** Whether the job may hold its video open; another may have to put its own by. */
  private boolean hasPlace(CutJob job) {
    if (job.isOpen() || turns.stream().filter(CutJob::isOpen).count() < OPEN_VIDEOS) {
      return true;
    }
    Optional<CutJob> waiting =
        turns.stream().filter(CutJob::isOpen).filter(Predicate.not(CutJob::mayGoOn)).findFirst();
    waiting.ifPresent(CutJob::putBy);
    return waiting.isPresent();
  }

  private void putByIdle() {
    turns.stream().filter(job -> job.isIdleFor(PUT_BY_AFTER)).forEach(CutJob::putBy);
  }

  private void pauseAndResume(Consumer<byte[], byte[]> consumer) {
    Set<TopicPartition> full =
        partitions.entrySet().stream()
            .filter(partition -> partition.getValue().isFull())
            .map(Map.Entry::getKey)
            .collect(Collectors.toSet());
    Set<TopicPartition> paused = consumer.paused();
    consumer.pause(without(full, paused));
    consumer.resume(without(paused, full));
  }

  private static List<TopicPartition> without(
      Set<TopicPartition> partitions, Set<TopicPartition> others) {
    return partitions.stream().filter(partition -> !others.contains(partition)).toList();
  }

  private final class Partitions implements ConsumerRebalanceListener {
    private final CutAttempts attempts;
    private final CutJobs jobs;

    Partitions(CutAttempts attempts, CutJobs jobs) {
      this.attempts = attempts;
      this.jobs = jobs;
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> assigned) {
      attempts.assigned(assigned);
      assigned.forEach(partition -> partitions.put(partition, jobs.partition(partition, attempts)));
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> revoked) {
      try {
        attempts.withdraw(revoked);
      } catch (KafkaException e) {
        // They are another's by now, who gives the videos that were in hand here a trial first.
        LOG.warn("What was in hand is given up: {}", e.getMessage());
      }
      giveUp(revoked);
    }

    @Override
    public void onPartitionsLost(Collection<TopicPartition> lost) {
      giveUp(lost);
    }

    private void giveUp(Collection<TopicPartition> revoked) {
      for (TopicPartition partition : revoked) {
        PartitionJobs given = partitions.remove(partition);
        if (given != null) {
          turns.removeAll(given.jobs());
          given.jobs().forEach(CutJob::close);
        }
      }
      attempts.forget(revoked);
    }
  }
}
