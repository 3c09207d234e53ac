package io.zoetrope.splitter;

import io.zoetrope.schemas.Topic;
import io.zoetrope.schemas.serdes.EventSerdes;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A partition of a compacted topic as the table that it is: what was last written under each key,
 * and committed.
 */
final class PartitionTable<V extends SpecificRecord> {
  private static final Logger LOG = LoggerFactory.getLogger(PartitionTable.class);
  private static final Duration POLL = Duration.ofMillis(200);

  private final Map<String, Object> kafka;
  private final Topic<V> topic;
  private final Deserializer<V> deserializer;

  /** A value, and the headers that it was written with. */
  record Row<V>(V value, Headers headers) {}

  PartitionTable(Map<String, Object> kafka, EventSerdes serdes, Topic<V> topic) {
    this.kafka = kafka;
    this.topic = topic;
    this.deserializer = serdes.deserializer(topic);
  }

  /**
   * All rows with a key that is wanted, as they are when this is called.
   *
   * @throws TimeoutException where a transaction of that moment doesn't come to its end
   */
  Map<String, Row<V>> read(int partition, Predicate<String> wanted) {
    Map<String, Row<V>> rows = new HashMap<>();
    scan(
        partition,
        record -> {
          if (wanted.test(record.key())) {
            enter(record, rows);
          }
        });
    return rows;
  }

  /** Gives every key that there is, perhaps more than once, and keys that were deleted. */
  void readKeys(int partition, Consumer<String> keys) {
    scan(partition, record -> keys.accept(record.key()));
  }

  private void scan(int partition, Consumer<ConsumerRecord<String, byte[]>> reader) {
    TopicPartition log = new TopicPartition(topic.name(), partition);
    long end = CommittedLog.end(kafka, log);
    long heard = System.nanoTime();
    try (var consumer = CommittedLog.open(kafka)) {
      consumer.assign(List.of(log));
      consumer.seekToBeginning(List.of(log));
      while (consumer.position(log) < end) {
        ConsumerRecords<String, byte[]> records = consumer.poll(POLL);
        if (!records.isEmpty()) {
          heard = System.nanoTime();
        } else if (System.nanoTime() - heard > CommittedLog.UNDER_WAY.toNanos()) {
          throw new TimeoutException(
              "%s isn't committed up to %d, but up to %d"
                  .formatted(log, end, consumer.position(log)));
        }
        for (ConsumerRecord<String, byte[]> record : records) {
          if (record.key() != null) {
            reader.accept(record);
          }
        }
      }
    }
  }

  private void enter(ConsumerRecord<String, byte[]> record, Map<String, Row<V>> rows) {
    if (record.value() == null) {
      rows.remove(record.key());
      return;
    }
    try {
      V value = deserializer.deserialize(record.topic(), record.value());
      rows.put(record.key(), new Row<>(value, record.headers()));
    } catch (SerializationException e) {
      // Nothing that this process or one of its like wrote; what stood before still does.
      LOG.warn(
          "Skipped {} of {}-{}, offset {}: {}",
          record.key(),
          record.topic(),
          record.partition(),
          record.offset(),
          e.getMessage());
    }
  }
}
