package io.zoetrope.cli.letters;

import io.zoetrope.schemas.DeadLetterTopic;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads the dead-letter topics as they are at the moment. One thread. */
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
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions.keySet());
    consumer.assign(partitions.keySet());
    consumer.seekToBeginning(partitions.keySet());
    while (ends.keySet().stream().anyMatch(p -> consumer.position(p) < ends.get(p))) {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        TopicPartition partition = new TopicPartition(record.topic(), record.partition());
        if (record.offset() < ends.get(partition)) {
          each.accept(letter(partitions.get(partition), record));
        }
      }
    }
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
            .map(record -> letter(id.box(), record));
      }
    }
    return Optional.empty();
  }

  private static Letter letter(DeadLetterTopic box, ConsumerRecord<byte[], byte[]> record) {
    return Letter.of(new LetterId(box, record.partition(), record.offset()), record);
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
