package io.zoetrope.cli.letters;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.zoetrope.schemas.DeadLetter;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;

/**
 * A record that was set aside.
 *
 * @param key its bytes; null where it had none
 * @param value its bytes; null where it had none
 * @param why empty where the headers don't say, so that it is no dead letter of Zoetrope's
 */
record Letter(
    LetterId id, Instant setAside, byte[] key, byte[] value, Headers headers, Optional<DeadLetter> why) {

  static Letter of(LetterId id, ConsumerRecord<byte[], byte[]> record) {
    return new Letter(
        id,
        Instant.ofEpochMilli(record.timestamp()),
        record.key(),
        record.value(),
        record.headers(),
        DeadLetter.in(record.headers()));
  }

  /** The key as text, as every key of Zoetrope's is; empty where there is none. */
  String keyText() {
    return key == null ? "" : new String(key, UTF_8);
  }

  String code() {
    return why.map(DeadLetter::code).orElse("UNEXPLAINED");
  }
}
