package io.zoetrope.splitter;

import io.zoetrope.schemas.DeadLetter;
import io.zoetrope.schemas.DeadLetterTopic;
import io.zoetrope.schemas.Topic;
import io.zoetrope.schemas.Topics;
import io.zoetrope.schemas.serdes.EventSerdes;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Reads topics and answers with events, each transaction together with the offsets that it settles.
 * Used by one thread.
 */
@SuppressWarnings("FutureReturnValueIgnored") // A send that fails makes the commit fail.
final class EventTransactions implements AutoCloseable {
  private static final Duration TRANSACTION_TIMEOUT = Duration.ofSeconds(10);

  /** What can't be closed in an orderly way by then, a cluster that is down for one, is dropped. */
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

  private final EventSerdes serdes;
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final KafkaProducer<byte[], byte[]> producer;

  EventTransactions(
      SplitterSettings settings,
      EventSerdes serdes,
      String group,
      Map<String, Object> consumerSettings) {
    this.serdes = serdes;
    this.consumer = consumer(settings, group, consumerSettings);
    this.producer = producer(settings, group);
    producer.initTransactions();
  }

  Consumer<byte[], byte[]> consumer() {
    return consumer;
  }

  void begin() {
    producer.beginTransaction();
  }

  /** Adds an event to the transaction, placed where its key belongs. */
  <V extends SpecificRecord> void send(Topic<V> topic, String key, V value) {
    send(topic, key, key, value, none -> {});
  }

  /** Likewise, an event with headers. */
  <V extends SpecificRecord> void send(
      Topic<V> topic, String key, V value, java.util.function.Consumer<Headers> headers) {
    send(topic, key, key, value, headers);
  }

  /**
   * Adds an event to the transaction, placed where the records with the key {@code place} belong.
   *
   * @throws IllegalStateException where it has more bytes than anything that is ever published
   */
  <V extends SpecificRecord> void send(
      Topic<V> topic,
      String key,
      String place,
      V value,
      java.util.function.Consumer<Headers> headers) {
    byte[] serialized = serdes.serializer(topic).serialize(topic.name(), value);
    if (serialized.length > Topics.MAX_EVENT_BYTES) {
      throw new IllegalStateException(
          "%s of %s has %d bytes".formatted(key, topic.name(), serialized.length));
    }
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(topic.name(), topic.partition(place), utf8(key), serialized);
    headers.accept(record.headers());
    producer.send(record);
  }

  /** Sets a record aside as it is, with the reason and where it came from. */
  void deadLetter(DeadLetterTopic topic, ConsumerRecord<byte[], byte[]> source, Rejection why) {
    producer.send(DeadLetter.of(source, topic, why.code(), why.message()));
  }

  /**
   * Everything before {@code next} of {@code partition} is settled with this transaction, which
   * can't be committed where the partition is another's by now.
   */
  void settle(TopicPartition partition, OffsetAndMetadata next) {
    producer.sendOffsetsToTransaction(Map.of(partition, next), consumer.groupMetadata());
  }

  void commit() {
    producer.commitTransaction();
  }

  void abort() {
    producer.abortTransaction();
  }

  @Override
  public void close() {
    try {
      consumer.close(CloseOptions.timeout(CLOSE_TIMEOUT));
    } finally {
      producer.close(CLOSE_TIMEOUT);
    }
  }

  private static KafkaConsumer<byte[], byte[]> consumer(
      SplitterSettings settings, String group, Map<String, Object> overrides) {
    Map<String, Object> config = new HashMap<>(settings.kafka());
    config.put(ConsumerConfig.GROUP_ID_CONFIG, group);
    config.put(ConsumerConfig.GROUP_PROTOCOL_CONFIG, "consumer");
    config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    config.put(
        ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
        Math.toIntExact(CommittedLog.PATIENCE.toMillis()));
    config.putAll(overrides);
    return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  private static KafkaProducer<byte[], byte[]> producer(SplitterSettings settings, String group) {
    Map<String, Object> config = new HashMap<>(settings.kafka());
    config.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, group + "-" + settings.instance());
    int timeout = Math.toIntExact(TRANSACTION_TIMEOUT.toMillis());
    config.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, timeout);
    config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, timeout);
    config.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Topics.MAX_RECORD_BYTES);
    return new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
