package io.zoetrope.schemas.serdes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zoetrope.events.Failure;
import io.zoetrope.events.VideoSubmitted;
import io.zoetrope.schemas.EventException;
import io.zoetrope.schemas.Topics;
import io.zoetrope.schemas.registry.SchemaCatalogue;
import io.zoetrope.schemas.registry.SchemaRegistry;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Test;

class ConfiguredClassesTest {
  private static final Optional<URI> URL = Optional.of(URI.create("http://registry:8081"));
  private static final VideoSubmitted VIDEO =
      new VideoSubmitted("s", "file:/a", "a", null, Map.of("k", "v"), List.of());

  private final SchemaRegistry registry = new SchemaCatalogue();
  private final Map<String, Object> kafka = new HashMap<>();

  /** Confluent's form with a word before it; it keeps what it was configured with. */
  public static final class TheirSerializer implements Serializer<SpecificRecord> {
    private static final Map<String, Object> SETTINGS = new HashMap<>();

    private final AvroSerializer<SpecificRecord> ours =
        new AvroSerializer<>(new SchemaCatalogue(), "theirs");
    private boolean closed;

    @Override
    public void configure(Map<String, ?> settings, boolean isKey) {
      SETTINGS.putAll(settings);
      SETTINGS.put("isKey", isKey);
    }

    @Override
    public byte[] serialize(String topic, SpecificRecord value) {
      assertThat(closed).as("closed").isFalse();
      return ("theirs:" + new String(ours.serialize(topic, value), UTF_8)).getBytes(UTF_8);
    }

    @Override
    public void close() {
      closed = true;
    }
  }

  /** Reads what has the word, and the generic form of one value. */
  public static final class TheirDeserializer implements Deserializer<Object> {
    private static int failures;

    @Override
    public Object deserialize(String topic, byte[] bytes) {
      return deserialize(topic, new RecordHeaders(), bytes);
    }

    @Override
    public Object deserialize(String topic, Headers headers, byte[] bytes) {
      if (failures > 0) {
        failures--;
        throw new SerializationException("the registry doesn't answer");
      }
      if (headers.lastHeader("generic") != null) {
        return generic();
      }
      if (!new String(bytes, UTF_8).startsWith("theirs:")) {
        throw new SerializationException("not in this form");
      }
      return VIDEO;
    }

    private static GenericData.Record generic() {
      Schema schema = VIDEO.getSchema();
      GenericData.Record record = new GenericData.Record(schema);
      schema.getFields().forEach(field -> record.put(field.pos(), VIDEO.get(field.pos())));
      return record;
    }
  }

  @Test
  void shouldWriteTopicsWithTheSerializerThatKafkaIsToldOf() {
    kafka.put("value.serializer", TheirSerializer.class.getName());
    kafka.put("sasl.mechanism", "PLAIN");
    EventSerdes serdes = EventSerdes.of(registry, kafka, URL);

    byte[] bytes = serdes.serializer(Topics.VIDEOS).serialize("t", VIDEO);

    assertThat(bytes).asString(UTF_8).startsWith("theirs:");
    assertThat(TheirSerializer.SETTINGS)
        .containsEntry("sasl.mechanism", "PLAIN")
        .containsEntry("schema.registry.url", "http://registry:8081")
        .containsEntry("avro.remove.java.properties", true)
        .containsEntry("isKey", false);
  }

  @Test
  void shouldWriteOnWhenAProducerHasClosedItsSerializer() {
    kafka.put("value.serializer", TheirSerializer.class.getName());
    EventSerdes serdes = EventSerdes.of(registry, kafka, URL);

    serdes.serializer(Topics.VIDEOS).close();

    assertThat(serdes.serializer(Topics.VIDEOS).serialize("t", VIDEO)).isNotEmpty();
    assertThat(serdes.serializer(Topics.VIDEOS).serialize("t", null)).isNull();
  }

  @Test
  void shouldLetTheConfigurationHaveTheLastWord() {
    kafka.put("value.serializer", TheirSerializer.class.getName());
    kafka.put("schema.registry.url", "https://other");
    kafka.put("specific.avro.reader", "false");

    EventSerdes.of(registry, kafka, URL);

    assertThat(TheirSerializer.SETTINGS)
        .containsEntry("schema.registry.url", "https://other")
        .containsEntry("specific.avro.reader", "false");
  }

  @Test
  void shouldReadTopicsWithTheDeserializerThatKafkaIsToldOf() {
    Deserializer<VideoSubmitted> deserializer = theirDeserializer();

    assertThat(deserializer.deserialize("t", "theirs:".getBytes(UTF_8))).isEqualTo(VIDEO);
    assertThat(deserializer.deserialize("t", null)).isNull();
    assertThatThrownBy(() -> deserializer.deserialize("t", "ours".getBytes(UTF_8)))
        .isInstanceOf(SerializationException.class)
        .hasMessage("a record of t is no VideoSubmitted: not in this form");
  }

  @Test
  void shouldMakeGeneratedClassesOfGenericRecords() {
    Headers headers = new RecordHeaders().add("generic", new byte[0]);

    assertThat(theirDeserializer().deserialize("t", headers, new byte[0])).isEqualTo(VIDEO);
  }

  @Test
  void shouldBlameNoRecordForARegistryThatDoesNotAnswer() {
    kafka.put("value.deserializer", TheirDeserializer.class.getName());
    SchemaRegistry away =
        new SchemaRegistry() {
          @Override
          public int register(String subject, Schema schema) {
            throw new EventException("SCHEMA_REGISTRY_UNREACHABLE", "away");
          }

          @Override
          public Schema byId(int id) {
            throw new EventException("SCHEMA_REGISTRY_UNREACHABLE", "away");
          }
        };
    var deserializer = EventSerdes.of(away, kafka, URL).deserializer(Topics.VIDEOS);

    assertThatThrownBy(() -> deserializer.deserialize("t", new byte[] {0, 0, 0, 0, 1, 9}))
        .isInstanceOfSatisfying(
            EventException.class,
            e -> assertThat(e.code()).isEqualTo("SCHEMA_REGISTRY_UNREACHABLE"));
  }

  @Test
  void shouldReadARecordOnceTheRegistryIsBack() {
    Deserializer<VideoSubmitted> deserializer = theirDeserializer();
    TheirDeserializer.failures = 1;

    assertThat(deserializer.deserialize("t", "theirs:".getBytes(UTF_8))).isEqualTo(VIDEO);
  }

  @Test
  void shouldKeepOurOwnFormOutsideTopics() {
    kafka.put("value.serializer", TheirSerializer.class.getName());

    byte[] bytes =
        EventSerdes.of(registry, kafka, URL)
            .serde("store", Failure.class)
            .serializer()
            .serialize("changelog", new Failure("A", "bc"));

    assertThat(bytes).startsWith(0, 0, 0, 0, 1);
  }

  @Test
  void shouldRefuseAClassThatIsNotThereOrIsNoSerializer() {
    assertRefused("value.serializer", "com.example.None", URL, "com.example.None");
    assertRefused("value.serializer", StringDeserializer.class.getName(), URL, "is a org.apache");
    assertRefused(
        "value.deserializer", TheirDeserializer.class.getName(), Optional.empty(), "registry");
  }

  private void assertRefused(String setting, String name, Optional<URI> url, String reason) {
    assertThatThrownBy(() -> EventSerdes.of(registry, Map.of(setting, name), url))
        .isInstanceOfSatisfying(
            EventException.class, e -> assertThat(e.code()).isEqualTo("CONFIG_INVALID"))
        .hasMessageContaining(reason);
  }

  private Deserializer<VideoSubmitted> theirDeserializer() {
    kafka.put("value.deserializer", TheirDeserializer.class.getName());
    return EventSerdes.of(registry, kafka, URL).deserializer(Topics.VIDEOS);
  }
}
