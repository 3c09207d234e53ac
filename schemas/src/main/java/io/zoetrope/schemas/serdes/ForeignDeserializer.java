package io.zoetrope.schemas.serdes;

import io.zoetrope.schemas.EventException;
import io.zoetrope.schemas.registry.SchemaRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * Reads with a deserializer that somebody else wrote, and fails as {@link AvroDeserializer} does.
 * Those of others don't tell a record that nobody can read from a registry that doesn't answer; the
 * one is set aside for good, the other mustn't be, so the registry is asked before that is decided.
 */
final class ForeignDeserializer<V extends SpecificRecord> implements Deserializer<V> {
  private final Deserializer<?> theirs;
  private final Class<V> type;
  private final SchemaRegistry registry;

  ForeignDeserializer(Deserializer<?> theirs, Class<V> type, SchemaRegistry registry) {
    this.theirs = theirs;
    this.type = type;
    this.registry = registry;
  }

  @Override
  public V deserialize(String topic, byte[] bytes) {
    return deserialize(topic, new RecordHeaders(), bytes);
  }

  @Override
  public V deserialize(String topic, Headers headers, byte[] bytes) {
    if (bytes == null) {
      return null;
    }
    try {
      return read(topic, headers, bytes);
    } catch (IOException | RuntimeException first) {
      requireRegistry(bytes);
    }
    // It may have come back just now.
    try {
      return read(topic, headers, bytes);
    } catch (IOException | RuntimeException e) {
      throw new SerializationException(
          "a record of %s is no %s: %s".formatted(topic, type.getSimpleName(), e.getMessage()), e);
    }
  }

  private V read(String topic, Headers headers, byte[] bytes) throws IOException {
    Object value = theirs.deserialize(topic, headers, bytes);
    return value instanceof IndexedRecord known && !type.isInstance(value)
        ? generated(known)
        : type.cast(value);
  }

  /** The record of the generated class that says what {@code generic} says. */
  private V generated(IndexedRecord generic) throws IOException {
    Schema written = generic.getSchema();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
    new GenericDatumWriter<IndexedRecord>(written).write(generic, encoder);
    encoder.flush();
    return new SpecificDatumReader<V>(written, SpecificData.get().getSchema(type))
        .read(null, DecoderFactory.get().binaryDecoder(bytes.toByteArray(), null));
  }

  /**
   * Does nothing where the registry answers, be it that it doesn't know the schema.
   *
   * @throws EventException {@code SCHEMA_REGISTRY_UNREACHABLE}
   */
  private void requireRegistry(byte[] bytes) {
    if (bytes.length < AvroSerializer.HEADER_BYTES || bytes[0] != AvroSerializer.MAGIC) {
      return;
    }
    try {
      registry.byId(ByteBuffer.wrap(bytes, 1, Integer.BYTES).getInt());
    } catch (EventException e) {
      if (!e.code().equals("SCHEMA_UNKNOWN")) {
        throw e;
      }
    }
  }

  @Override
  public void close() {
    theirs.close();
  }
}
