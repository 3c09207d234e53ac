package io.zoetrope.detector;

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
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** The Kafka clients of a detector, as it needs them to be set. */
final class DetectorClients {
  // Others wait behind an open transaction, so it had better be given up soon.
  private static final Duration TRANSACTION_TIMEOUT = Duration.ofSeconds(10);
  private static final int FETCH_BYTES = 16 << 20;

  private final DetectorSettings settings;
  private final String group;

  DetectorClients(DetectorSettings settings, String modelId) {
    this.settings = settings;
    this.group = "zoetrope-detector-" + modelId;
  }

  Consumer<String, byte[]> consumer() {
    Map<String, Object> config = new HashMap<>(settings.kafka());
    config.put(ConsumerConfig.GROUP_ID_CONFIG, group);
    config.put(ConsumerConfig.GROUP_PROTOCOL_CONFIG, "consumer");
    config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    config.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, FETCH_BYTES);
    // One by one, so that no more are taken than there is room for.
    config.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 1);
    Deserializer<byte[]> bytes = new ByteArrayDeserializer();
    return new KafkaConsumer<>(config, new StringDeserializer(), bytes);
  }

  <V> Producer<String, V> producer(Serializer<V> serializer) {
    Map<String, Object> config = new HashMap<>(settings.kafka());
    int timeout = Math.toIntExact(TRANSACTION_TIMEOUT.toMillis());
    config.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, group + "-" + settings.instance());
    config.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, timeout);
    config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, timeout);
    config.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Topics.MAX_RECORD_BYTES);
    return new KafkaProducer<>(config, new StringSerializer(), serializer);
  }
}
