package io.zoetrope.splitter;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Readers of what is committed, who belong to no group and leave no trace. */
final class CommittedLog {
  /** After which who has to wait for the cluster had better begin anew. */
  static final Duration PATIENCE = Duration.ofSeconds(10);

  /** In which the transaction of a process that is gone comes to its end, usually in twenty. */
  static final Duration UNDER_WAY = Duration.ofSeconds(30);

  private CommittedLog() {}

  /** Reads whatever it is assigned, from the beginning where nothing else is said. */
  static Consumer<String, byte[]> open(Map<String, Object> kafka) {
    return open(kafka, "read_committed");
  }

  /**
   * Where a partition ends, with what is under way: a transaction may be settled for whoever takes
   * a partition over, and yet not be committed in every log that it wrote to.
   */
  static long end(Map<String, Object> kafka, TopicPartition partition) {
    try (Consumer<?, ?> consumer = open(kafka, "read_uncommitted")) {
      return consumer.endOffsets(List.of(partition)).get(partition);
    }
  }

  private static Consumer<String, byte[]> open(Map<String, Object> kafka, String isolation) {
    Map<String, Object> config = new HashMap<>(kafka);
    config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, isolation);
    config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    config.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, Math.toIntExact(PATIENCE.toMillis()));
    return new KafkaConsumer<>(config, new StringDeserializer(), new ByteArrayDeserializer());
  }
}
