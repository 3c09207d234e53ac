package io.zoetrope.assembler;

import io.zoetrope.schemas.Topics;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The Kafka clients of an assembler, as it needs them to be set. */
final class AssemblerClients {
  /** After which who has to wait for the cluster had better begin anew. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private static final Duration LONGEST_REQUEST = PATIENCE.dividedBy(2);

  private static final int FETCH_BYTES = 16 << 20;

  private AssemblerClients() {}

  /**
   * A member of {@code group} that commits by itself.
   *
   * @param records that a poll gives at most
   */
  static Consumer<byte[], byte[]> consumer(Map<String, Object> kafka, String group, int records) {
    Map<String, Object> config = new HashMap<>(kafka);
    config.put(ConsumerConfig.GROUP_ID_CONFIG, group);
    config.put(ConsumerConfig.GROUP_PROTOCOL_CONFIG, "consumer");
    config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    config.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, FETCH_BYTES);
    config.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, Math.toIntExact(PATIENCE.toMillis()));
    config.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, records);
    return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  /** Waits for every in-sync replica, but no longer than makes sense. */
  static Producer<byte[], byte[]> producer(Map<String, Object> kafka) {
    int patience = Math.toIntExact(PATIENCE.toMillis());
    Map<String, Object> config = new HashMap<>(kafka);
    config.put(ProducerConfig.CLIENT_ID_CONFIG, "zoetrope-assembler");
    config.put(ProducerConfig.ACKS_CONFIG, "all");
    config.put(ProducerConfig.LINGER_MS_CONFIG, 0);
    config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, patience);
    config.put(
        ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, Math.toIntExact(LONGEST_REQUEST.toMillis()));
    config.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, patience);
    config.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Topics.MAX_RECORD_BYTES);
    return new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
  }
}
