package io.zoetrope.cli.letters;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.zoetrope.schemas.DeadLetter;
import io.zoetrope.schemas.DeadLetterTopic;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * A record that was set aside.
 *
 * @param record as it lies in the dead-letter topic
 * @param why empty where the headers don't say, so that it is no dead letter of Zoetrope's
 */
record Letter(LetterId id, ConsumerRecord<byte[], byte[]> record, Optional<DeadLetter> why) {

  static Letter of(DeadLetterTopic box, ConsumerRecord<byte[], byte[]> record) {
    return new Letter(
        new LetterId(box, record.partition(), record.offset()),
        record,
        DeadLetter.in(record.headers()));
  }

  Instant setAside() {
    return Instant.ofEpochMilli(record.timestamp());
  }

  /** The key as text, as every key of Zoetrope's is; empty where there is none. */
  String key() {
    return record.key() == null ? "" : new String(record.key(), UTF_8);
  }

  String code() {
    return why.map(DeadLetter::code).orElse("UNEXPLAINED");
  }
}
