package io.zoetrope.schemas.serdes;

import io.zoetrope.events.InlinePackets;
import io.zoetrope.schemas.Topic;
import io.zoetrope.schemas.registry.SchemaRegistry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.specific.SpecificRecord;
import org.apache.avro.util.ClassSecurityValidator;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.Serializer;

/**
 * How the values of topics and stores become bytes: Avro in Confluent's wire format, against one
 * registry. Any thread.
 */
public final class EventSerdes {
  // Avro instantiates only the classes that it was told to trust.
  static {
    ClassSecurityValidator.setGlobal(
        ClassSecurityValidator.composite(
            ClassSecurityValidator.getGlobal(), type -> type.getName().startsWith("io.zoetrope.")));
  }

  private final SchemaRegistry registry;
  private final Map<String, Serializer<?>> serializers = new ConcurrentHashMap<>();

  public EventSerdes(SchemaRegistry registry) {
    this.registry = registry;
  }

  /** The one serializer of a topic, which knows its schema's id and its records' size by now. */
  @SuppressWarnings("unchecked") // A topic's subject has one value type.
  public <V extends SpecificRecord> Serializer<V> serializer(Topic<V> topic) {
    return (Serializer<V>)
        serializers.computeIfAbsent(
            topic.subject(), subject -> new AvroSerializer<>(registry, subject));
  }

  public <V extends SpecificRecord> Deserializer<V> deserializer(Topic<V> topic) {
    return new AvroDeserializer<>(registry, topic.valueType());
  }

  public <V extends SpecificRecord> Serde<V> serde(Topic<V> topic) {
    return Serdes.serdeFrom(serializer(topic), deserializer(topic));
  }

  /** How packets lie in the media store. */
  public PacketObjects packetObjects() {
    return new PacketObjects(
        new AvroSerializer<>(registry, PacketObjects.SUBJECT),
        new AvroDeserializer<>(registry, InlinePackets.class));
  }

  /**
   * For a state store, whose changelog is a topic of its own.
   *
   * @param subject under which the schema is registered
   */
  public <V extends SpecificRecord> Serde<V> serde(String subject, Class<V> valueType) {
    return Serdes.serdeFrom(
        new AvroSerializer<>(registry, subject), new AvroDeserializer<>(registry, valueType));
  }
}
