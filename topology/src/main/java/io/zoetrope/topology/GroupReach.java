package io.zoetrope.topology;

import io.zoetrope.schemas.Groups;
import io.zoetrope.schemas.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How far the detectors have read, from what their groups have committed: detectors commit with
 * their results, and when they have nothing to do the place they are at. Asks the cluster, on a
 * thread of its own, only about models that somebody asked for within the last minute. Any thread.
 */
final class GroupReach implements DetectorReach, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(GroupReach.class);
  private static final Duration INTEREST = Duration.ofMinutes(1);
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(2);

  private final Map<String, Object> kafka;
  private final Duration pause;
  private final Thread thread = new Thread(this::run, "zoetrope-detector-reach");
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final Map<String, Reading> readings = new ConcurrentHashMap<>();
  private Admin admin;

  /** One group's way to the ends of the partitions as they were at {@code endsAt}. */
  private static final class Reading {
    private volatile Instant asked = Instant.now();
    private volatile Instant readUpTo = Instant.EPOCH;
    private Instant endsAt;
    private Map<TopicPartition, Long> ends;
    private boolean failing;
  }

  /**
   * Knows nothing yet, and connects when it is first asked.
   *
   * @param kafka client settings, {@code bootstrap.servers} among them
   * @param pause between two looks
   */
  GroupReach(Map<String, Object> kafka, Duration pause) {
    this.kafka = Map.copyOf(kafka);
    this.pause = pause;
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  @Override
  public Instant readUpTo(String modelId) {
    Reading reading = readings.computeIfAbsent(modelId, unknown -> new Reading());
    reading.asked = Instant.now();
    return reading.readUpTo;
  }

  private void run() {
    try {
      while (!stopped.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
        look();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      if (admin != null) {
        admin.close(CLOSE_TIMEOUT);
      }
    }
  }

  private void look() throws InterruptedException {
    Instant now = Instant.now();
    readings.values().removeIf(reading -> reading.asked.isBefore(now.minus(INTEREST)));
    for (Map.Entry<String, Reading> model : readings.entrySet()) {
      String group = Groups.detector(model.getKey());
      Reading reading = model.getValue();
      try {
        look(group, reading);
        reading.failing = false;
      } catch (ExecutionException | RuntimeException e) {
        // Who can't be asked about hasn't read anything: nothing is called late, nothing lost.
        if (!reading.failing) {
          LOG.warn("How far the group {} has read can't be found out for now", group, e);
        }
        reading.failing = true;
      }
    }
  }

  private void look(String group, Reading reading) throws ExecutionException, InterruptedException {
    if (reading.ends == null) {
      reading.endsAt = Instant.now();
      reading.ends = ends();
    }
    if (hasReached(reading.ends, committed(group))) {
      reading.readUpTo = reading.endsAt;
      reading.ends = null;
    }
  }

  /** A partition that never held anything needs no commit; any other does, however empty it is. */
  private static boolean hasReached(
      Map<TopicPartition, Long> ends, Map<TopicPartition, OffsetAndMetadata> committed) {
    return ends.entrySet().stream()
        .allMatch(
            end -> {
              OffsetAndMetadata offset = committed.get(end.getKey());
              return end.getValue() == 0 || (offset != null && offset.offset() >= end.getValue());
            });
  }

  // Of what is published, not only of what is committed: a batch may lie behind a transaction that
  // is still open.
  private Map<TopicPartition, Long> ends() throws ExecutionException, InterruptedException {
    Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
    IntStream.range(0, Topics.FRAME_BATCHES.partitions())
        .mapToObj(partition -> new TopicPartition(Topics.FRAME_BATCHES.name(), partition))
        .forEach(partition -> latest.put(partition, OffsetSpec.latest()));
    Map<TopicPartition, Long> ends = new HashMap<>();
    Map<TopicPartition, ListOffsetsResultInfo> found = admin().listOffsets(latest).all().get();
    found.forEach((partition, end) -> ends.put(partition, end.offset()));
    return ends;
  }

  private Map<TopicPartition, OffsetAndMetadata> committed(String group)
      throws ExecutionException, InterruptedException {
    return admin().listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get();
  }

  private Admin admin() {
    if (admin == null) {
      admin = Admin.create(kafka);
    }
    return admin;
  }

  /** Ends the thread, which may have a question on its way, soon. */
  @Override
  public void close() {
    stopped.countDown();
    thread.interrupt();
  }
}
