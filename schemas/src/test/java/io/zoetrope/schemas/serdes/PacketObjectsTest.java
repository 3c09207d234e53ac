package io.zoetrope.schemas.serdes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zoetrope.events.InlinePackets;
import io.zoetrope.events.Packet;
import io.zoetrope.events.ReferencedPackets;
import io.zoetrope.schemas.EventException;
import io.zoetrope.schemas.Identities;
import io.zoetrope.schemas.registry.SchemaCatalogue;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PacketObjectsTest {
  private static final String SOMETHING_BEFORE = "before";

  @TempDir Path folder;
  private final PacketObjects objects = new EventSerdes(new SchemaCatalogue()).packetObjects();
  private final InlinePackets packets =
      new InlinePackets(
          List.of(
              new Packet(
                  40L, null, 1L, 1, 0, false, ByteBuffer.wrap(new byte[3_000_000]), List.of()),
              new Packet(80L, null, 1L, 0, 1, true, ByteBuffer.wrap(new byte[7]), List.of())));

  @Test
  void shouldReadWhatWasWritten() throws Exception {
    ReferencedPackets reference = written();

    assertThat(read(reference)).isEqualTo(packets);
  }

  @Test
  void shouldWriteTheSameBytesForTheSamePackets() throws Exception {
    assertThat(bytes()).isEqualTo(bytes());
  }

  @Test
  void shouldKnowTheSizeBeforehand() throws Exception {
    assertThat(SerializedSize.of(packets)).isEqualTo(bytes().length);
  }

  @Test
  void shouldRefuseOtherBytesThanThoseThatWereWritten() throws Exception {
    ReferencedPackets reference = written();
    Path file = Path.of(URI.create(reference.getLocation()));
    byte[] bytes = Files.readAllBytes(file);
    bytes[2_000_000] ^= 1;
    Files.write(file, bytes);

    assertDamaged(reference, "they have the SHA-256");
  }

  @Test
  void shouldRefuseAnObjectThatIsCutShort() throws Exception {
    ReferencedPackets reference = written();
    reference.setLength(reference.getLength() + 1);

    assertDamaged(reference, "bytes of");
  }

  private void assertDamaged(ReferencedPackets reference, String how) {
    assertThatThrownBy(() -> read(reference))
        .isInstanceOfSatisfying(
            EventException.class, e -> assertThat(e.code()).isEqualTo("PACKETS_DAMAGED"))
        .hasMessageContaining(reference.getLocation())
        .hasMessageContaining(how);
  }

  private InlinePackets read(ReferencedPackets reference) throws IOException {
    Path file = Path.of(URI.create(reference.getLocation()));
    try (SeekableByteChannel object = Files.newByteChannel(file)) {
      return objects.read(object, reference);
    }
  }

  private ReferencedPackets written() throws IOException {
    byte[] bytes = bytes();
    ByteArrayOutputStream object = new ByteArrayOutputStream();
    object.writeBytes(SOMETHING_BEFORE.getBytes(UTF_8));
    object.writeBytes(bytes);
    Path file = Files.write(folder.resolve("object"), object.toByteArray());
    String sha256 = HexFormat.of().formatHex(Identities.sha256().digest(bytes));
    return new ReferencedPackets(
        file.toUri().toString(), (long) SOMETHING_BEFORE.length(), (long) bytes.length, sha256);
  }

  private byte[] bytes() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    objects.write(packets, out);
    return out.toByteArray();
  }
}
