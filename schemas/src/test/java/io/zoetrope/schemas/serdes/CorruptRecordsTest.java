package io.zoetrope.schemas.serdes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zoetrope.schemas.Topic;
import io.zoetrope.schemas.Topics;
import io.zoetrope.schemas.registry.SchemaCatalogue;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever lies in a topic, reading it gives a value or a {@link SerializationException}. */
class CorruptRecordsTest {
  private static final int RECORDS = 50;
  private static final int ROUNDS = 5_000;

  private final SchemaCatalogue registry = new SchemaCatalogue();
  private final EventSerdes serdes = new EventSerdes(registry);

  static Stream<Topic<?>> topics() {
    return Topics.all().stream().filter(Topic.class::isInstance).map(topic -> (Topic<?>) topic);
  }

  @ParameterizedTest
  @MethodSource("topics")
  void shouldReadOrRefuseWhateverWasCorrupted(Topic<?> topic) {
    long seed = new Random().nextLong();
    System.out.println(topic.name() + " is corrupted with seed " + seed);
    Random random = new Random(seed);
    Schema schema = SpecificData.get().getSchema(topic.valueType());
    int id = registry.register(topic.subject(), schema);
    List<byte[]> records =
        RandomRecords.of(schema, RECORDS, seed).stream()
            .map(value -> RandomRecords.bytes(id, value))
            .toList();
    Deserializer<?> deserializer = serdes.deserializer(topic);
    int refused = 0;

    for (int round = 0; round < ROUNDS; round++) {
      byte[] corrupt = corrupted(records.get(round % RECORDS), random);
      try {
        deserializer.deserialize(topic.name(), corrupt);
      } catch (SerializationException e) {
        refused++;
      }
    }

    assertThat(refused).as("records that were refused").isPositive();
  }

  @Test
  void shouldMakeNoRoomForLengthsThatAreLies() {
    // submissionId: a string of 2,147,483,000 bytes.
    assertRefused(Topics.VIDEOS, "f0f5ffff0f" + "6162");
    // videoId "", splitId "", sequence 0, and 2,147,483,647 runs.
    assertRefused(Topics.FRAME_BATCHES, "00" + "00" + "00" + "feffffff0f");
    // The same in a block that says how many bytes it has.
    assertRefused(Topics.FRAME_BATCHES, "00" + "00" + "00" + "fdffffff0f" + "04");
    // A string of -1 bytes, and one of more than Java has arrays for.
    assertRefused(Topics.VIDEOS, "01");
    assertRefused(Topics.VIDEOS, "feffffffffff7f");
  }

  private void assertRefused(Topic<?> topic, String value) {
    int id = registry.register(topic.subject(), SpecificData.get().getSchema(topic.valueType()));
    byte[] record = HexFormat.of().parseHex("00" + HexFormat.of().toHexDigits(id) + value);

    assertThatThrownBy(() -> serdes.deserializer(topic).deserialize("t", record))
        .isInstanceOf(SerializationException.class)
        .hasMessageContaining("a record of t is no " + topic.valueType().getSimpleName());
  }

  /** With bytes changed, cut off, or put in front of others; the schema's id stays. */
  private static byte[] corrupted(byte[] record, Random random) {
    int from = AvroSerializer.HEADER_BYTES;
    if (record.length == from) {
      return record;
    }
    int place = from + random.nextInt(record.length - from);
    switch (random.nextInt(3)) {
      case 0 -> {
        return Arrays.copyOf(record, place);
      }
      case 1 -> {
        byte[] changed = record.clone();
        for (int i = place; i < Math.min(record.length, place + 1 + random.nextInt(5)); i++) {
          changed[i] = (byte) random.nextInt(256);
        }
        return changed;
      }
      default -> {
        byte[] shifted = Arrays.copyOf(record, record.length + 4);
        System.arraycopy(record, place, shifted, place + 4, record.length - place);
        return shifted;
      }
    }
  }
}
