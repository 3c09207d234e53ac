package io.zoetrope.schemas;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
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
  private static final Set<String> OWN = Set.of(CODE, MESSAGE, TOPIC, PARTITION, OFFSET);

  /** Where Kafka Streams sets a record aside, it says why in words of its own. */
  private static final String STREAMS = "__streams.errors.";

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
