package io.zoetrope.cli.letters;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.zoetrope.schemas.DeadLetter;
import io.zoetrope.schemas.EventException;
import io.zoetrope.schemas.Topic;
import io.zoetrope.schemas.Topics;
import io.zoetrope.schemas.serdes.EventSerdes;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.StringJoiner;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Header;

/** A dead letter as people read it. */
final class LetterText {
  private static final int SHOWN_BYTES = 256;
  private static final int BYTES_IN_LINE = 32;
  private static final int SHOWN_CHARACTERS = 4_000;

  private LetterText() {}

  /** Two lines: which, when, why and of what; and the reason in words. */
  static String inShort(Letter letter) {
    return String.format(
        Locale.ROOT,
        "%-20s %s  %s  %s%n    %s",
        letter.id(),
        letter.setAside(),
        letter.code(),
        printable(letter.key()),
        printable(letter.why().map(DeadLetter::message).orElse("its headers don't say why")));
  }

  /**
   * All there is to see of it.
   *
   * @param serdes to read its value with, where it can be read
   */
  static String inFull(Letter letter, EventSerdes serdes) {
    StringJoiner lines = new StringJoiner(System.lineSeparator());
    lines.add(letter.id() + ", set aside at " + letter.setAside());
    lines.add(
        letter
            .why()
            .map(why -> why.code() + ": " + printable(why.message()))
            .orElse("its headers don't say why"));
    letter
        .why()
        .ifPresent(
            why ->
                lines.add(
                    "from      %s, partition %d, offset %d"
                        .formatted(why.topic(), why.partition(), why.offset())));
    lines.add("key       " + (letter.record().key() == null ? "none" : printable(letter.key())));
    for (Header header : letter.record().headers()) {
      lines.add(
          "header    "
              + header.key()
              + " = "
              + (header.value() == null ? "" : printable(new String(header.value(), UTF_8))));
    }
    addValue(letter, serdes, lines);
    return lines.toString();
  }

  private static void addValue(Letter letter, EventSerdes serdes, StringJoiner lines) {
    byte[] value = letter.record().value();
    if (value == null) {
      lines.add("value     none");
      return;
    }
    try {
      Optional<SpecificRecord> event = source(letter).map(topic -> read(topic, letter, serdes));
      if (event.isPresent()) {
        lines.add("value     %d bytes that can be read:".formatted(value.length));
        lines.add(shortened(event.get().toString()));
        return;
      }
      lines.add("value     %d bytes".formatted(value.length));
    } catch (SerializationException | EventException e) {
      lines.add(
          "value     %d bytes that can't be read: %s".formatted(value.length, e.getMessage()));
    }
    addBytes(value, lines);
  }

  private static <V extends SpecificRecord> V read(
      Topic<V> topic, Letter letter, EventSerdes serdes) {
    return serdes
        .deserializer(topic)
        .deserialize(topic.name(), letter.record().headers(), letter.record().value());
  }

  private static Optional<Topic<?>> source(Letter letter) {
    return letter
        .why()
        .flatMap(
            why ->
                Topics.all().stream()
                    .filter(topic -> topic.name().equals(why.topic()))
                    .filter(Topic.class::isInstance)
                    .<Topic<?>>map(topic -> (Topic<?>) topic)
                    .findFirst());
  }

  private static void addBytes(byte[] value, StringJoiner lines) {
    int shown = Math.min(value.length, SHOWN_BYTES);
    for (int start = 0; start < shown; start += BYTES_IN_LINE) {
      int end = Math.min(start + BYTES_IN_LINE, shown);
      lines.add(
          String.format(
              Locale.ROOT,
              "%08x  %s",
              start,
              HexFormat.ofDelimiter(" ").formatHex(value, start, end)));
    }
    if (shown < value.length) {
      lines.add("...");
    }
  }

  private static String shortened(String text) {
    return text.length() <= SHOWN_CHARACTERS ? text : text.substring(0, SHOWN_CHARACTERS) + " ...";
  }

  // Whatever was sent is shown, and a terminal obeys control characters.
  private static String printable(String text) {
    return shortened(text.replaceAll("\\p{Cc}", "·"));
  }
}
