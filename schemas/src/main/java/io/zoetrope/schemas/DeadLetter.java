package io.zoetrope.schemas;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * Why a record was set aside, and where it came from, as its headers in the dead-letter topic say.
 *
 * @param code stable, for programs
 * @param message a sentence, for people
 * @param topic that it came from, with partition and offset
 */
public record DeadLetter(String code, String message, String topic, int partition, long offset) {
  private static final String CODE = "zoetrope.error.code";
  private static final String MESSAGE = "zoetrope.error.message";
  private static final String TOPIC = "zoetrope.source.topic";
  private static final String PARTITION = "zoetrope.source.partition";
  private static final String OFFSET = "zoetrope.source.offset";
  private static final String BYTES = "zoetrope.source.bytes";
  private static final Set<String> OWN = Set.of(CODE, MESSAGE, TOPIC, PARTITION, OFFSET, BYTES);

  /** Where Kafka Streams sets a record aside, it says why in words of its own. */
  private static final String STREAMS = "__streams.errors.";

  /** What no record of Zoetrope's comes near, and with headers and framing any topic carries. */
  private static final int MAX_LETTER_BYTES = Topics.MAX_RECORD_BYTES - 64 * 1024;

  /**
   * The record that sets {@code source} aside: its key, value and headers as they are, and why.
   * Only a value that no record could carry any more, as it came compressed, is cut short; {@code
   * zoetrope.source.bytes} says how long it was.
   */
  public static ProducerRecord<byte[], byte[]> of(
      ConsumerRecord<byte[], byte[]> source, DeadLetterTopic topic, String code, String message) {
    byte[] value = source.value();
    int room = MAX_LETTER_BYTES - (source.key() == null ? 0 : source.key().length);
    boolean fits = value == null || value.length <= room;
    ProducerRecord<byte[], byte[]> letter =
        new ProducerRecord<>(
            topic.name(),
            null,
            source.key(),
            fits ? value : Arrays.copyOf(value, Math.max(0, room)),
            source.headers());
    new DeadLetter(code, message, source.topic(), source.partition(), source.offset())
        .addTo(letter.headers());
    if (!fits) {
      letter.headers().add(BYTES, Integer.toString(value.length).getBytes(UTF_8));
    }
    return letter;
  }

  /** What the headers of a dead letter say; empty where a record is none. */
  public static Optional<DeadLetter> in(Headers headers) {
    try {
      return Optional.of(
          new DeadLetter(
              either(headers, CODE, STREAMS + "exception"),
              either(headers, MESSAGE, STREAMS + "message"),
              either(headers, TOPIC, STREAMS + "topic"),
              Integer.parseInt(either(headers, PARTITION, STREAMS + "partition")),
              Long.parseLong(either(headers, OFFSET, STREAMS + "offset"))));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Says so in the headers of a record. */
  public void addTo(Headers headers) {
    headers
        .add(CODE, code.getBytes(UTF_8))
        .add(MESSAGE, message.getBytes(UTF_8))
        .add(TOPIC, topic.getBytes(UTF_8))
        .add(PARTITION, Integer.toString(partition).getBytes(UTF_8))
        .add(OFFSET, Long.toString(offset).getBytes(UTF_8));
  }

  /** Whether a dead letter with these headers has its value as it came, and not cut short. */
  public static boolean isWhole(Headers headers) {
    return headers.lastHeader(BYTES) == null;
  }

  /** The headers that a record had before it was set aside. */
  public static Headers before(Headers headers) {
    Headers original = new RecordHeaders();
    for (Header header : headers) {
      if (!OWN.contains(header.key()) && !header.key().startsWith(STREAMS)) {
        original.add(header);
      }
    }
    return original;
  }

  private static String either(Headers headers, String name, String otherName) {
    Header header =
        Stream.of(name, otherName)
            .map(headers::lastHeader)
            .filter(found -> found != null && found.value() != null)
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException("there is no header " + name));
    return new String(header.value(), UTF_8);
  }
}
