package io.zoetrope.topology;

import io.zoetrope.schemas.DeadLetter;
import io.zoetrope.schemas.Topics;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.streams.StreamsConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes dead letters of records, where Kafka Streams was given a topic for them; logs each in any
 * case.
 */
final class SetAside {
  private static final Logger LOG = LoggerFactory.getLogger(SetAside.class);

  private Optional<String> topic = Optional.empty();

  void configure(Map<String, ?> settings) {
    topic =
        Optional.ofNullable(settings.get(StreamsConfig.ERRORS_DEAD_LETTER_QUEUE_TOPIC_NAME_CONFIG))
            .map(Object::toString);
  }

  /** The letter for a record that is of no use; none where there is no topic for it. */
  List<ProducerRecord<byte[], byte[]>> letters(
      ConsumerRecord<byte[], byte[]> record, String code, String message) {
    LOG.warn(
        "{}-{} has a record of no use at offset {}: {}: {}",
        record.topic(),
        record.partition(),
        record.offset(),
        code,
        message);
    ProducerRecord<byte[], byte[]> letter =
        DeadLetter.of(record, Topics.TOPOLOGY_DEAD_LETTER, code, message);
    return topic
        .map(
            name ->
                new ProducerRecord<>(name, null, letter.key(), letter.value(), letter.headers()))
        .map(List::of)
        .orElse(List.of());
  }
}
