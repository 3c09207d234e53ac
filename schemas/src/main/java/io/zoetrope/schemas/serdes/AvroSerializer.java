package io.zoetrope.schemas.serdes;

import io.zoetrope.schemas.EventException;
import io.zoetrope.schemas.registry.SchemaRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
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
  static final int HEADER_BYTES = 5;
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
    // Records of one topic are of similar size; growing by doubling would copy a large one several
    // times.
    ByteArrayOutputStream out = new ByteArrayOutputStream(lastSize + lastSize / 8 + INITIAL_BYTES);
    try {
      write(value, out);
    } catch (IOException e) {
      throw new EventException(
          "RECORD_UNWRITABLE", "a value can't be written as " + value.getSchema().getFullName(), e);
    }
    lastSize = out.size();
    return out.toByteArray();
  }

  /** Writes what {@link #serialize} gives, without holding it in memory. */
  void write(V value, OutputStream out) throws IOException {
    Schema schema = value.getSchema();
    int id = ids.computeIfAbsent(schema, unknown -> registry.register(subject, unknown));
    out.write(MAGIC);
    out.write(id >>> 24);
    out.write(id >>> 16);
    out.write(id >>> 8);
    out.write(id);
    encode(value, out);
  }

  static <V extends SpecificRecord> void encode(V value, OutputStream out) throws IOException {
    BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(out, null);
    new SpecificDatumWriter<V>(value.getSchema()).write(value, encoder);
    encoder.flush();
  }
}
