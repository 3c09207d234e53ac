package io.zoetrope.faults;

import static java.nio.charset.StandardCharsets.UTF_8;

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

/** What is committed in a topic at a moment, from its beginning. */
public final class CommittedLog {
  /** What the keys of records begin with that no run is about. */
  static final String NOBODY = "nobody-";

  private CommittedLog() {}

  /** Every value but those under {@link #NOBODY}'s keys; those of a partition in their order. */
  static <V extends SpecificRecord> List<V> read(
      Map<String, Object> kafka, EventSerdes serdes, Topic<V> topic) {
    List<V> values = new ArrayList<>();
    try (Deserializer<V> deserializer = serdes.deserializer(topic)) {
      for (ConsumerRecord<byte[], byte[]> record : readBytes(kafka, topic)) {
        if (!new String(record.key(), UTF_8).startsWith(NOBODY)) {
          values.add(deserializer.deserialize(topic.name(), record.value()));
        }
      }
    }
    return values;
  }

  /** Every record as its bytes lie there. */
  static List<ConsumerRecord<byte[], byte[]>> readBytes(
      Map<String, Object> kafka, DeclaredTopic topic) {
    return readBytes(kafka, new ByteArrayDeserializer(), topic);
  }

  /** Every record as its bytes lie there, its key read. */
  public static <K> List<ConsumerRecord<K, byte[]>> readBytes(
      Map<String, Object> kafka, Deserializer<K> keys, DeclaredTopic topic) {
    Map<String, Object> config = new HashMap<>(kafka);
    config.put("isolation.level", "read_committed");
    List<ConsumerRecord<K, byte[]>> records = new ArrayList<>();
    try (var consumer = new KafkaConsumer<>(config, keys, new ByteArrayDeserializer())) {
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
