package io.zoetrope.faults;

import io.zoetrope.schemas.DeclaredTopic;
import io.zoetrope.schemas.Topic;
import io.zoetrope.schemas.serdes.EventSerdes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** What is committed in a topic at a moment, from its beginning. */
final class CommittedLog {
  private CommittedLog() {}

  /** Every record; those of a partition in their order. */
  static <V extends SpecificRecord> List<ConsumerRecord<String, V>> read(
      Map<String, Object> kafka, EventSerdes serdes, Topic<V> topic) {
    return read(kafka, new StringDeserializer(), serdes.deserializer(topic), topic);
  }

  /** Every record as its bytes lie there. */
  static List<ConsumerRecord<byte[], byte[]>> readBytes(
      Map<String, Object> kafka, DeclaredTopic topic) {
    return read(kafka, new ByteArrayDeserializer(), new ByteArrayDeserializer(), topic);
  }

  private static <K, V> List<ConsumerRecord<K, V>> read(
      Map<String, Object> kafka,
      Deserializer<K> keys,
      Deserializer<V> values,
      DeclaredTopic topic) {
    Map<String, Object> config = new HashMap<>(kafka);
    config.put("isolation.level", "read_committed");
    List<ConsumerRecord<K, V>> records = new ArrayList<>();
    try (var consumer = new KafkaConsumer<>(config, keys, values)) {
      List<TopicPartition> partitions =
          IntStream.range(0, topic.partitions())
              .mapToObj(partition -> new TopicPartition(topic.name(), partition))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.get(p))) {
        consumer.poll(Duration.ofMillis(100)).forEach(records::add);
      }
    }
    return records;
  }
}
