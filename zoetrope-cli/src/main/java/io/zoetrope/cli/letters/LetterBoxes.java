package io.zoetrope.cli.letters;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.zoetrope.schemas.DeadLetterTopic;
import io.zoetrope.schemas.Topic;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads the dead-letter topics, and what letters there are about, as they are at the moment. One
 * thread.
 */
final class LetterBoxes implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(200);

  private final KafkaConsumer<byte[], byte[]> consumer;

  /**
   * Connects.
   *
   * @param kafka client settings, {@code bootstrap.servers} among them
   */
  LetterBoxes(Map<String, Object> kafka) {
    Map<String, Object> config = new HashMap<>(kafka);
    config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    // Retention may delete what is about to be read.
    config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    this.consumer =
        new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  /** Gives out every letter of these topics that is there now, each partition's in order. */
  void read(Collection<DeadLetterTopic> boxes, Consumer<Letter> each) {
    Map<TopicPartition, DeadLetterTopic> partitions = new HashMap<>();
    boxes.forEach(box -> partitions(box).forEach(partition -> partitions.put(partition, box)));
    scan(
        partitions.keySet(),
        record -> each.accept(Letter.of(partitions.get(partition(record)), record)));
  }

  /**
   * What was last written under these keys of a topic; those under which nothing is are left out.
   */
  Map<String, byte[]> last(Topic<?> topic, Set<String> keys) {
    Map<String, byte[]> values = new TreeMap<>();
    scan(
        keys.stream()
            .map(key -> new TopicPartition(topic.name(), topic.partition(key)))
            .collect(Collectors.toSet()),
        record -> {
          String key = record.key() == null ? "" : new String(record.key(), UTF_8);
          if (keys.contains(key)) {
            values.put(key, record.value());
          }
        });
    values.values().removeIf(Objects::isNull);
    return values;
  }

  private void scan(Set<TopicPartition> partitions, Consumer<ConsumerRecord<byte[], byte[]>> each) {
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.get(p))) {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        if (record.offset() < ends.get(partition(record))) {
          each.accept(record);
        }
      }
    }
  }

  private static TopicPartition partition(ConsumerRecord<?, ?> record) {
    return new TopicPartition(record.topic(), record.partition());
  }

  /** The letter that lies there; empty where none does, or no longer. */
  Optional<Letter> find(LetterId id) {
    TopicPartition partition = id.place();
    if (id.partition() >= id.box().partitions()) {
      return Optional.empty();
    }
    long end = consumer.endOffsets(Set.of(partition)).get(partition);
    long start = consumer.beginningOffsets(Set.of(partition)).get(partition);
    if (id.offset() < start || id.offset() >= end) {
      return Optional.empty();
    }
    consumer.assign(Set.of(partition));
    consumer.seek(partition, id.offset());
    while (consumer.position(partition) < end) {
      List<ConsumerRecord<byte[], byte[]>> records = consumer.poll(POLL).records(partition);
      if (!records.isEmpty()) {
        return Optional.of(records.get(0))
            .filter(record -> record.offset() == id.offset())
            .map(record -> Letter.of(id.box(), record));
      }
    }
    return Optional.empty();
  }

  private static Stream<TopicPartition> partitions(DeadLetterTopic box) {
    return IntStream.range(0, box.partitions())
        .mapToObj(partition -> new TopicPartition(box.name(), partition));
  }

  @Override
  public void close() {
    consumer.close();
  }
}
