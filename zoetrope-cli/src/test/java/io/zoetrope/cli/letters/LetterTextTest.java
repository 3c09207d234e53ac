package io.zoetrope.cli.letters;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.zoetrope.events.RunProgress;
import io.zoetrope.schemas.DeadLetter;
import io.zoetrope.schemas.Topics;
import io.zoetrope.schemas.registry.SchemaCatalogue;
import io.zoetrope.schemas.serdes.EventSerdes;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class LetterTextTest {
  private final EventSerdes serdes = new EventSerdes(new SchemaCatalogue());

  @Test
  void shouldTellALetterInTwoLinesThatATerminalDoesNotObey() {
    Letter letter = letter("key\u001b[31m", "torn\nin two", "bytes".getBytes(UTF_8));

    assertThat(LetterText.inShort(letter).lines())
        .containsExactly(
            "topology/3/17        2026-01-01T12:00:00Z  RECORD_UNREADABLE  key·[31m",
            "    torn·in two");
  }

  @Test
  void shouldShowAValueThatCanBeRead() {
    RunProgress event = new RunProgress("video", "run", "split", 3);
    byte[] value = serdes.serializer(Topics.PROGRESS).serialize(Topics.PROGRESS.name(), event);

    assertThat(LetterText.inFull(letter("key", "torn", value), serdes).lines())
        .contains(
            "topology/3/17, set aside at 2026-01-01T12:00:00Z",
            "RECORD_UNREADABLE: torn",
            "from      zoetrope.progress.v1, partition 7, offset 42",
            "key       key",
            "header    zoetrope.source.partition = 7",
            "value     %d bytes that can be read:".formatted(value.length))
        .anyMatch(line -> line.contains("\"batches\": 3"));
  }

  @Test
  void shouldShowTheBytesOfAValueThatCannot() {
    byte[] value = new byte[300];
    value[31] = (byte) 0xab;

    assertThat(LetterText.inFull(letter("key", "torn", value), serdes).lines())
        .anyMatch(line -> line.startsWith("value     300 bytes that can't be read: "))
        .anyMatch(line -> line.startsWith("00000000  00 00 ") && line.endsWith(" ab"))
        .endsWith("...");
  }

  private static Letter letter(String key, String message, byte[] value) {
    ConsumerRecord<byte[], byte[]> record =
        new ConsumerRecord<>(
            Topics.TOPOLOGY_DEAD_LETTER.name(),
            3,
            17,
            Instant.parse("2026-01-01T12:00:00Z").toEpochMilli(),
            TimestampType.CREATE_TIME,
            0,
            0,
            key.getBytes(UTF_8),
            value,
            new RecordHeaders(),
            Optional.empty());
    new DeadLetter("RECORD_UNREADABLE", message, Topics.PROGRESS.name(), 7, 42)
        .addTo(record.headers());
    return Letter.of(Topics.TOPOLOGY_DEAD_LETTER, record);
  }
}
