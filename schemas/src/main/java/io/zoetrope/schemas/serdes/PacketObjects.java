package io.zoetrope.schemas.serdes;

import io.zoetrope.events.InlinePackets;
import io.zoetrope.events.ReferencedPackets;
import io.zoetrope.schemas.EventException;
import io.zoetrope.schemas.Identities;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.util.HexFormat;
import org.apache.kafka.common.errors.SerializationException;

/**
 * Packets that are too large for their record, as they lie in the media store: in the form that
 * they would have as a record's value, so that any version reads what any other wrote. Any thread.
 */
public final class PacketObjects {
  static final String SUBJECT = "zoetrope.packets.v1-value";

  private final AvroSerializer<InlinePackets> serializer;
  private final AvroDeserializer<InlinePackets> deserializer;

  PacketObjects(
      AvroSerializer<InlinePackets> serializer, AvroDeserializer<InlinePackets> deserializer) {
    this.serializer = serializer;
    this.deserializer = deserializer;
  }

  /** Writes an object; equal packets give equal bytes within one installation. */
  public void write(InlinePackets packets, OutputStream out) throws IOException {
    serializer.write(packets, out);
  }

  /**
   * Reads what {@code reference} speaks of, and nothing that isn't exactly that.
   *
   * @param object opened at the reference's location; the caller closes it
   * @throws EventException {@code PACKETS_UNREADABLE} where reading fails; {@code PACKETS_DAMAGED}
   *     where other bytes lie there than those that were written; {@code
   *     SCHEMA_REGISTRY_UNREACHABLE}, which says nothing about the packets
   */
  public InlinePackets read(SeekableByteChannel object, ReferencedPackets reference) {
    try {
      byte[] bytes = bytes(object, reference);
      String sha256 = HexFormat.of().formatHex(Identities.sha256().digest(bytes));
      if (!sha256.equals(reference.getSha256())) {
        throw damaged(reference, "they have the SHA-256 " + sha256, null);
      }
      return deserializer.deserialize(SUBJECT, bytes);
    } catch (EOFException | SerializationException e) {
      throw damaged(reference, e.getMessage(), e);
    } catch (IOException e) {
      throw new EventException(
          "PACKETS_UNREADABLE",
          "the packets at %s can't be read: %s".formatted(reference.getLocation(), e.getMessage()),
          e);
    }
  }

  private static byte[] bytes(SeekableByteChannel object, ReferencedPackets reference)
      throws IOException {
    long end = reference.getOffset() + reference.getLength();
    if (object.size() < end) {
      throw new EOFException("%d bytes of %d are there".formatted(object.size(), end));
    }
    ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(reference.getLength()));
    object.position(reference.getOffset());
    while (bytes.hasRemaining()) {
      if (object.read(bytes) < 0) {
        throw new EOFException("they end after %d bytes".formatted(bytes.position()));
      }
    }
    return bytes.array();
  }

  private static EventException damaged(ReferencedPackets reference, String how, Exception cause) {
    return new EventException(
        "PACKETS_DAMAGED",
        "the packets at %s aren't those that were written: %s"
            .formatted(reference.getLocation(), how),
        cause);
  }
}
