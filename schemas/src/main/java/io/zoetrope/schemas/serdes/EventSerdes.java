package io.zoetrope.schemas.serdes;

import io.zoetrope.events.InlinePackets;
import io.zoetrope.schemas.EventException;
import io.zoetrope.schemas.Topic;
import io.zoetrope.schemas.registry.SchemaRegistry;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
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
  private final ConfiguredClasses classes;
  private final Map<String, Serializer<?>> serializers = new ConcurrentHashMap<>();

  /** With the serializers of this project. */
  public EventSerdes(SchemaRegistry registry) {
    this(registry, ConfiguredClasses.NONE);
  }

  private EventSerdes(SchemaRegistry registry, ConfiguredClasses classes) {
    this.registry = registry;
    this.classes = classes;
  }

  /**
   * With those that {@code kafka} names for the topics' values, in Kafka's own {@code
   * value.serializer} and {@code value.deserializer}; where it names none, with those of this
   * project. What lies elsewhere than in topics is this project's own affair.
   *
   * @param kafka settings, which the classes are configured with
   * @param registryUrl under which {@code registry} can be asked; empty where it can't from outside
   * @throws EventException {@code CONFIG_INVALID} where a class isn't there or is no serializer
   */
  public static EventSerdes of(
      SchemaRegistry registry, Map<String, ?> kafka, Optional<URI> registryUrl) {
    return new EventSerdes(registry, ConfiguredClasses.of(kafka, registryUrl));
  }

  /** The one serializer of a topic, which knows its schema's id and its records' size by now. */
  @SuppressWarnings("unchecked") // A topic's subject has one value type.
  public <V extends SpecificRecord> Serializer<V> serializer(Topic<V> topic) {
    return (Serializer<V>)
        serializers.computeIfAbsent(
            topic.subject(),
            subject ->
                classes
                    .<V>serializer()
                    .<Serializer<V>>map(ForeignSerializer::new)
                    .orElseGet(() -> new AvroSerializer<>(registry, subject)));
  }

  /** A deserializer of its own for whoever reads a topic. */
  public <V extends SpecificRecord> Deserializer<V> deserializer(Topic<V> topic) {
    return classes
        .deserializer()
        .<Deserializer<V>>map(
            theirs -> new ForeignDeserializer<>(theirs, topic.valueType(), registry))
        .orElseGet(() -> new AvroDeserializer<>(registry, topic.valueType()));
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
