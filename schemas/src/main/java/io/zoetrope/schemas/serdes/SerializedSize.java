package io.zoetrope.schemas.serdes;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import org.apache.avro.specific.SpecificRecord;

/** How many bytes an event has on the wire, without making them. */
public final class SerializedSize {
  private SerializedSize() {}

  /** The bytes of {@code value} as a record's value, to the byte. */
  public static long of(SpecificRecord value) {
    Count count = new Count();
    try {
      AvroSerializer.encode(value, count);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return AvroSerializer.HEADER_BYTES + count.bytes;
  }

  private static final class Count extends OutputStream {
    private long bytes;

    @Override
    public void write(int b) {
      bytes++;
    }

    @Override
    public void write(byte[] source, int offset, int length) {
      bytes += length;
    }
  }
}
