package io.zoetrope.splitter;

import io.zoetrope.events.SplitEvent;
import io.zoetrope.schemas.Topics;
import io.zoetrope.schemas.serdes.EventSerdes;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * The last event of every split in the partitions that this process cuts for, as read back from the
 * topic that it writes them to: runs and splits are partitioned alike, and only the owner of a
 * partition writes to it. Used by one thread.
 */
final class SplitStates {
  private static final Duration POLL = Duration.ofMillis(200);

  private final Map<String, Object> kafka;
  private final EventSerdes serdes;
  private final Map<Integer, Map<String, SplitEvent>> byPartition = new HashMap<>();

  SplitStates(Map<String, Object> kafka, EventSerdes serdes) {
    this.kafka = kafka;
    this.serdes = serdes;
  }

  /** The last committed event under {@code key}, or null. */
  SplitEvent last(String key) {
    return of(Topics.SPLITS.partition(key)).get(key);
  }

  /** To be told once {@code event} is committed. */
  void committed(String key, SplitEvent event) {
    of(Topics.SPLITS.partition(key)).put(key, event);
  }

  void forget(int partition) {
    byPartition.remove(partition);
  }

  private Map<String, SplitEvent> of(int partition) {
    return byPartition.computeIfAbsent(partition, this::read);
  }

  private Map<String, SplitEvent> read(int partition) {
    Map<String, Object> config = new HashMap<>(kafka);
    config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    TopicPartition log = new TopicPartition(Topics.SPLITS.name(), partition);
    Map<String, SplitEvent> events = new HashMap<>();
    try (var consumer =
        new KafkaConsumer<>(config, new StringDeserializer(), serdes.deserializer(Topics.SPLITS))) {
      consumer.assign(List.of(log));
      consumer.seekToBeginning(List.of(log));
      long end = consumer.endOffsets(List.of(log)).get(log);
      while (consumer.position(log) < end) {
        for (ConsumerRecord<String, SplitEvent> record : consumer.poll(POLL)) {
          if (record.value() == null) {
            events.remove(record.key());
          } else {
            events.put(record.key(), record.value());
          }
        }
      }
    }
    return events;
  }
}
