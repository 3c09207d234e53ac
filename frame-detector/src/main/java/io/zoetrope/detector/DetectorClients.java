package io.zoetrope.detector;

import io.zoetrope.schemas.Groups;
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

/** The Kafka clients of a detector, as it needs them to be set. */
final class DetectorClients {
  // Others wait behind an open transaction, so it had better be given up soon.
  private static final Duration TRANSACTION_TIMEOUT = Duration.ofSeconds(10);

  /** After which who has to wait for the cluster had better begin anew. */
  private static final Duration API_TIMEOUT = Duration.ofSeconds(10);

  private static final int FETCH_BYTES = 16 << 20;

  private final DetectorSettings settings;
  private final String group;

  DetectorClients(DetectorSettings settings, String modelId) {
    this.settings = settings;
    this.group = Groups.detector(modelId);
  }

  Consumer<byte[], byte[]> consumer() {
    Map<String, Object> config = new HashMap<>(settings.kafka());
    config.put(ConsumerConfig.GROUP_ID_CONFIG, group);
    config.put(ConsumerConfig.GROUP_PROTOCOL_CONFIG, "consumer");
    config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    config.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, FETCH_BYTES);
    config.put(
        ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, Math.toIntExact(API_TIMEOUT.toMillis()));
    // One by one, so that no more are taken than there is room for.
    config.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 1);
    return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  Producer<byte[], byte[]> producer() {
    Map<String, Object> config = new HashMap<>(settings.kafka());
    int timeout = Math.toIntExact(TRANSACTION_TIMEOUT.toMillis());
    config.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, group + "-" + settings.instance());
    config.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, timeout);
    config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, timeout);
    config.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Topics.MAX_RECORD_BYTES);
    return new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
  }
}
