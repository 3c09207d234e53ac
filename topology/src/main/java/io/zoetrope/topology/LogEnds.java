package io.zoetrope.topology;

import io.zoetrope.schemas.EventException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Where partitions end, as far as they can be read now. */
final class LogEnds {
  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private LogEnds() {}

  /**
   * The ends of those partitions that have a record in them. One that holds nothing but what was
   * taken back, or markers, is never read by a group, and so never committed.
   *
   * @throws EventException {@code BROKER_UNREACHABLE} where the cluster stops answering
   */
  static Map<TopicPartition, Long> of(
      Map<String, Object> kafka, Collection<TopicPartition> partitions) {
    Map<String, Object> config = new HashMap<>(kafka);
    config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    // One batch of records of each partition is enough to see that there is one.
    config.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, 1);
    try (Consumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      Map<TopicPartition, Long> ends = new HashMap<>(consumer.endOffsets(partitions));
      Map<TopicPartition, Long> beginnings = consumer.beginningOffsets(partitions);
      ends.entrySet().removeIf(end -> end.getValue() <= beginnings.get(end.getKey()));
      ends.keySet().retainAll(holdingRecords(consumer, ends));
      return ends;
    } catch (KafkaException e) {
      throw new EventException(
          "BROKER_UNREACHABLE", "where the topics end can't be found out: " + e.getMessage(), e);
    }
  }

  private static Set<TopicPartition> holdingRecords(
      Consumer<byte[], byte[]> consumer, Map<TopicPartition, Long> ends) {
    Set<TopicPartition> holding = new HashSet<>();
    Set<TopicPartition> undecided = new HashSet<>(ends.keySet());
    consumer.assign(undecided);
    consumer.seekToBeginning(undecided);
    Instant deadline = Instant.now().plus(PATIENCE);
    while (!undecided.isEmpty()) {
      if (Instant.now().isAfter(deadline)) {
        throw new EventException(
            "BROKER_UNREACHABLE",
            "the Kafka cluster doesn't hand out the records of " + List.copyOf(undecided));
      }
      ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
      holding.addAll(records.partitions());
      Set<TopicPartition> decided = new HashSet<>(records.partitions());
      undecided.stream()
          .filter(partition -> consumer.position(partition) >= ends.get(partition))
          .forEach(decided::add);
      undecided.removeAll(decided);
      consumer.pause(decided);
    }
    return holding;
  }
}
