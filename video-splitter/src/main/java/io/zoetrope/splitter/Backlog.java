package io.zoetrope.splitter;

import io.zoetrope.events.RunProgress;
import io.zoetrope.events.RunRequested;
import io.zoetrope.schemas.Keys;
import io.zoetrope.schemas.Topics;
import io.zoetrope.schemas.serdes.EventSerdes;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How many batches of a run are published and not in yet, so that a long video doesn't fill the log
 * of batches: others would wait behind it, and it would be deleted unread. What is in, the topology
 * says. Short videos need no answer, so they cost no question. Used by one thread.
 */
final class Backlog implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Backlog.class);

  private static final Duration BETWEEN_POLLS = Duration.ofMillis(50);

  private final int limit;
  private final Map<String, Object> kafka;
  private final Deserializer<RunProgress> deserializer;
  private final Map<String, Watch> watches = new HashMap<>();
  private Optional<Consumer<String, byte[]>> consumer = Optional.empty();
  private long lastPoll = System.nanoTime();

  private static final class Watch {
    private final TopicPartition partition;
    private final long end;
    private boolean caughtUp;
    private Optional<Integer> in = Optional.empty();

    Watch(TopicPartition partition, long end) {
      this.partition = partition;
      this.end = end;
    }
  }

  /**
   * Connects to nothing yet.
   *
   * @param limit of the batches of a run that are published and not in
   */
  Backlog(int limit, Map<String, Object> kafka, EventSerdes serdes) {
    this.limit = limit;
    this.kafka = kafka;
    this.deserializer = serdes.deserializer(Topics.PROGRESS);
  }

  /**
   * How many batches more may be published now; none, or less, where it had better be waited.
   *
   * @param before how many were published when this process began with the run, which is what is
   *     taken to be in where nothing is known: what is said of a run isn't kept for ever
   * @param published how many are by now
   */
  int room(RunRequested run, int before, int published) {
    if (published < limit / 2) {
      return limit - published;
    }
    String key = Keys.run(run.getVideoId(), run.getRunId());
    Watch watch = watches.get(key);
    if (watch == null) {
      watch = watch(key);
    }
    poll();
    return watch.caughtUp ? limit - Math.max(0, published - watch.in.orElse(before)) : 0;
  }

  /** Whether there is so much room that it is worth while to open a video again. */
  boolean isWide(int room) {
    return room >= Math.max(1, limit / 2);
  }

  /** Nobody will ask about the run for some time. */
  void forget(RunRequested run) {
    if (watches.remove(Keys.run(run.getVideoId(), run.getRunId())) != null) {
      assign();
    }
  }

  private Watch watch(String key) {
    if (consumer.isEmpty()) {
      consumer = Optional.of(CommittedLog.open(kafka));
    }
    TopicPartition partition =
        new TopicPartition(Topics.PROGRESS.name(), Topics.PROGRESS.partition(key));
    long end = consumer.get().endOffsets(List.of(partition)).get(partition);
    Watch watch = new Watch(partition, end);
    watches.put(key, watch);
    assign();
    // What was said of the run before may lie anywhere; the others hear theirs once more.
    consumer.get().seekToBeginning(List.of(partition));
    return watch;
  }

  private void assign() {
    consumer
        .orElseThrow()
        .assign(
            watches.values().stream().map(watch -> watch.partition).collect(Collectors.toSet()));
  }

  private void poll() {
    if (System.nanoTime() - lastPoll < BETWEEN_POLLS.toNanos()) {
      return;
    }
    Consumer<String, byte[]> open = consumer.orElseThrow();
    for (ConsumerRecord<String, byte[]> record : open.poll(Duration.ZERO)) {
      Watch watch = record.key() == null ? null : watches.get(record.key());
      if (watch != null) {
        read(record)
            .map(RunProgress::getBatches)
            .filter(batches -> batches > watch.in.orElse(-1))
            .ifPresent(batches -> watch.in = Optional.of(batches));
      }
    }
    for (Watch watch : watches.values()) {
      watch.caughtUp |= open.position(watch.partition) >= watch.end;
    }
    lastPoll = System.nanoTime();
  }

  private Optional<RunProgress> read(ConsumerRecord<String, byte[]> record) {
    try {
      return Optional.ofNullable(deserializer.deserialize(record.topic(), record.value()));
    } catch (SerializationException e) {
      LOG.warn("Skipped what {} says of {}: {}", record.topic(), record.key(), e.getMessage());
      return Optional.empty();
    }
  }

  @Override
  public void close() {
    watches.clear();
    consumer.ifPresent(Consumer::close);
    consumer = Optional.empty();
  }
}
