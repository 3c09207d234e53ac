package io.zoetrope.schemas.serdes;

import io.zoetrope.schemas.EventException;
import io.zoetrope.schemas.registry.SchemaRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serializer;

/**
 * Confluent's wire format: a zero byte, the schema's id as four bytes, big endian, then the value
 * in Avro binary. Any thread.
 */
final class AvroSerializer<V extends SpecificRecord> implements Serializer<V> {
  static final byte MAGIC = 0;
  private static final int INITIAL_BYTES = 512;

  private final SchemaRegistry registry;
  private final String subject;
  private final Map<Schema, Integer> ids = new ConcurrentHashMap<>();
  private volatile int lastSize = INITIAL_BYTES;

  AvroSerializer(SchemaRegistry registry, String subject) {
    this.registry = registry;
    this.subject = subject;
  }

  @Override
  public byte[] serialize(String topic, V value) {
    if (value == null) {
      return null;
    }
    Schema schema = value.getSchema();
    int id = ids.computeIfAbsent(schema, unknown -> registry.register(subject, unknown));
    // Records of one topic are of similar size; growing by doubling would copy a large one several
    // times.
    ByteArrayOutputStream out = new ByteArrayOutputStream(lastSize + lastSize / 8 + INITIAL_BYTES);
    out.write(MAGIC);
    out.write(id >>> 24);
    out.write(id >>> 16);
    out.write(id >>> 8);
    out.write(id);
    try {
      BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(out, null);
      new SpecificDatumWriter<V>(schema).write(value, encoder);
      encoder.flush();
    } catch (IOException e) {
      throw new EventException(
          "RECORD_UNWRITABLE", "a value can't be written as " + schema.getFullName(), e);
    }
    lastSize = out.size();
    return out.toByteArray();
  }
}
