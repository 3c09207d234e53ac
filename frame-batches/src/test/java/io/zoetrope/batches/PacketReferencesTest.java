package io.zoetrope.batches;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zoetrope.events.FrameBatch;
import io.zoetrope.events.InlinePackets;
import io.zoetrope.events.Packet;
import io.zoetrope.events.ReferencedPackets;
import io.zoetrope.media.MediaException;
import io.zoetrope.schemas.Topics;
import io.zoetrope.schemas.registry.SchemaCatalogue;
import io.zoetrope.schemas.serdes.EventSerdes;
import io.zoetrope.schemas.serdes.SerializedSize;
import io.zoetrope.store.FileMediaStore;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PacketReferencesTest {
  private static final int MIB = 1 << 20;

  @TempDir Path folder;
  private final EventSerdes serdes = new EventSerdes(new SchemaCatalogue());
  private FileMediaStore store;
  private PacketReferences references;

  @BeforeEach
  void open() {
    store = FileMediaStore.open(folder, List.of());
    references = new PacketReferences(store, serdes.packetObjects());
  }

  @Test
  void shouldLeaveInlineWhatARecordCarriesToTheLastByte() {
    FrameBatch empty = batch(null, packets(0));
    // The length of the data is itself written in four bytes instead of one.
    int room = (int) (Topics.MAX_EVENT_BYTES - SerializedSize.of(empty) - 3);

    FrameBatch most = references.fit(batch(null, packets(room)));
    FrameBatch more = references.fit(batch(null, packets(room + 1)));

    assertThat(SerializedSize.of(most)).isEqualTo(Topics.MAX_EVENT_BYTES);
    assertThat(most.getPackets()).isInstanceOf(InlinePackets.class);
    assertThat(more.getPackets()).isInstanceOf(ReferencedPackets.class);
  }

  @Test
  void shouldReferToTheLargerPartAlone() throws IOException {
    InlinePackets large = packets(5 * MIB);
    InlinePackets small = packets(4 * MIB);

    FrameBatch largePackets = references.fit(batch(small, large));
    FrameBatch largePreroll = references.fit(batch(large, small));

    assertThat(largePackets.getPreroll()).isEqualTo(small);
    assertThat(read(largePackets.getPackets())).isEqualTo(large);
    assertThat(largePreroll.getPackets()).isEqualTo(small);
    assertThat(read(largePreroll.getPreroll())).isEqualTo(large);
    assertThat(largePreroll.getPreroll())
        .as("the same packets are the same object")
        .isEqualTo(largePackets.getPackets());
  }

  @Test
  void shouldReferToBothPartsWhereNeitherFits() throws IOException {
    FrameBatch batch = references.fit(batch(packets(9 * MIB), packets(20 * MIB)));

    assertThat(read(batch.getPreroll())).isEqualTo(packets(9 * MIB));
    assertThat(read(batch.getPackets())).isEqualTo(packets(20 * MIB));
    assertThat(SerializedSize.of(batch)).isLessThan(1000);
  }

  @Test
  void shouldRefuseAStreamWhoseHeadersAloneAreTooLarge() {
    FrameBatch batch = batch(null, packets(1));
    batch.getStream().setExtradata(ByteBuffer.allocate(9 * MIB));

    assertThatThrownBy(() -> references.fit(batch))
        .isInstanceOfSatisfying(
            MediaException.class,
            e -> assertThat(e.code()).isEqualTo(MediaException.Code.MEDIA_TOO_LARGE));
  }

  private InlinePackets read(Object packets) throws IOException {
    ReferencedPackets reference = (ReferencedPackets) packets;
    try (SeekableByteChannel object = store.open(URI.create(reference.getLocation()))) {
      return serdes.packetObjects().read(object, reference);
    }
  }

  private static FrameBatch batch(InlinePackets preroll, InlinePackets packets) {
    return new FrameBatch(
        "abc", "s", 0, List.of(), TestStreams.event(), 0L, 0L, 1, false, null, preroll, packets);
  }

  private static InlinePackets packets(int bytes) {
    return new InlinePackets(
        List.of(new Packet(0L, 0L, 1L, 1, 0, false, ByteBuffer.allocate(bytes), List.of())));
  }
}
