package io.zoetrope.schemas.serdes;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.util.RandomData;

/** Records of any schema, and their bytes as any serializer of the wire format writes them. */
public final class RandomRecords {
  private RandomRecords() {}

  /** So many values that {@code seed} alone decides. */
  public static List<IndexedRecord> of(Schema schema, int count, long seed) {
    List<IndexedRecord> records = new ArrayList<>();
    for (Object value : new RandomData(schema, count, seed, false)) {
      records.add((IndexedRecord) value);
    }
    return records;
  }

  /**
   * A record's value.
   *
   * @param id of the value's schema
   */
  public static byte[] bytes(int id, IndexedRecord value) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(AvroSerializer.MAGIC);
    out.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(id).array());
    BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(out, null);
    try {
      new GenericDatumWriter<IndexedRecord>(value.getSchema()).write(value, encoder);
      encoder.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }
}
