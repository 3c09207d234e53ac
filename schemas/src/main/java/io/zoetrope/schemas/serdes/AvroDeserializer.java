package io.zoetrope.schemas.serdes;

import io.zoetrope.schemas.EventException;
import io.zoetrope.schemas.registry.SchemaRegistry;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * Reads what {@link AvroSerializer} or any other serializer of Confluent's wire format wrote,
 * whatever version of the schema it had. Any thread. A record that can't be read is a {@link
 * SerializationException}, as Kafka's clients expect; a registry that doesn't answer says nothing
 * about the record, and stays an {@link EventException}.
 */
final class AvroDeserializer<V extends SpecificRecord> implements Deserializer<V> {
  private final SchemaRegistry registry;
  private final Class<V> type;
  private final Schema readerSchema;
  private final Map<Integer, SpecificDatumReader<V>> readers = new ConcurrentHashMap<>();

  AvroDeserializer(SchemaRegistry registry, Class<V> type) {
    this.registry = registry;
    this.type = type;
    this.readerSchema = SpecificData.get().getSchema(type);
  }

  @Override
  public V deserialize(String topic, byte[] bytes) {
    if (bytes == null) {
      return null;
    }
    if (bytes.length < AvroSerializer.HEADER_BYTES || bytes[0] != AvroSerializer.MAGIC) {
      throw new SerializationException(
          "a record of " + topic + " isn't in Confluent's Avro wire format");
    }
    int id = ByteBuffer.wrap(bytes, 1, Integer.BYTES).getInt();
    SpecificDatumReader<V> reader = readers.computeIfAbsent(id, this::reader);
    BinaryDecoder decoder =
        DecoderFactory.get()
            .binaryDecoder(
                bytes,
                AvroSerializer.HEADER_BYTES,
                bytes.length - AvroSerializer.HEADER_BYTES,
                null);
    try {
      return type.cast(reader.read(null, decoder));
    } catch (IOException | RuntimeException e) {
      // Bytes that were never written so fail in ways that Avro has no exception for.
      throw new SerializationException(
          "a record of %s is no %s: %s".formatted(topic, readerSchema.getName(), e.getMessage()),
          e);
    }
  }

  private SpecificDatumReader<V> reader(int id) {
    try {
      return new SpecificDatumReader<>(registry.byId(id), readerSchema);
    } catch (EventException e) {
      if (e.code().equals("SCHEMA_UNKNOWN")) {
        throw new SerializationException(e.getMessage(), e);
      }
      throw e;
    }
  }
}
