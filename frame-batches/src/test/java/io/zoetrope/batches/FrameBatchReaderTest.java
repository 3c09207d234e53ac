package io.zoetrope.batches;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.zoetrope.events.DecodeChain;
import io.zoetrope.events.FrameBatch;
import io.zoetrope.events.InlinePackets;
import io.zoetrope.events.Packet;
import io.zoetrope.events.Rational;
import io.zoetrope.events.ReferencedPackets;
import io.zoetrope.events.SideData;
import io.zoetrope.events.SplitOptions;
import io.zoetrope.events.VideoStream;
import io.zoetrope.media.ChainLink;
import io.zoetrope.media.PacketBatch;
import io.zoetrope.media.VideoPacket;
import io.zoetrope.schemas.registry.SchemaCatalogue;
import io.zoetrope.schemas.serdes.EventSerdes;
import io.zoetrope.schemas.serdes.PacketObjects;
import io.zoetrope.store.FileMediaStore;
import io.zoetrope.store.MediaStore;
import io.zoetrope.store.StoredObject;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FrameBatchReaderTest {
  @TempDir private Path folder;
  private final PacketObjects objects = new EventSerdes(new SchemaCatalogue()).packetObjects();

  @Test
  void shouldReadEverythingThatADecoderNeeds() {
    FrameBatch event = batch(2, packet(512L, 1), packet(0L, 0));
    event.setPreroll(new InlinePackets(List.of(packet(null, -1))));

    event.setChain(new DecodeChain(2, 1, true, "file:/x", new SplitOptions(-1, 0, 2, null, false)));

    PacketBatch batch = FrameBatchReader.batch(event);

    assertThat(batch.chain()).contains(new ChainLink(2, 1, true));
    assertThat(batch.sequence()).isEqualTo(4);
    assertThat(batch.firstFrame()).isEqualTo(100);
    assertThat(batch.expectedFrames()).isEqualTo(2);
    assertThat(batch.originPts()).isEqualTo(-3);
    assertThat(batch.damaged()).isTrue();
    assertThat(batch.preroll())
        .extracting(VideoPacket::pts, VideoPacket::emit)
        .containsExactly(org.assertj.core.groups.Tuple.tuple(VideoPacket.NO_TIMESTAMP, false));
    VideoPacket packet = batch.packets().get(0);
    assertThat(packet)
        .isEqualTo(
            new VideoPacket(
                512,
                VideoPacket.NO_TIMESTAMP,
                10,
                1,
                1,
                false,
                bytes(1, 2),
                List.of(new io.zoetrope.media.SideData("New Extradata", bytes(9)))));
    assertThat(FrameBatchReader.stream(event.getStream()))
        .isEqualTo(
            new io.zoetrope.media.VideoStream(
                7,
                "h264",
                0x31637661,
                "yuv420p",
                1280,
                720,
                100,
                31,
                2,
                "progressive",
                24,
                8,
                "tv",
                "bt709",
                "bt470bg",
                "smpte170m",
                "left",
                new io.zoetrope.media.Rational(4, 3),
                new io.zoetrope.media.Rational(1, 12800),
                new io.zoetrope.media.Rational(25, 1),
                bytes(5, 6),
                List.of(0, 65536, 0, -65536, 0, 0, 0, 0, 1073741824),
                0));
  }

  @Test
  void shouldRefuseBatchesThatContradictThemselves() {
    Stream.of(
            batch(1),
            batch(2, packet(0L, 0)),
            batch(1, packet(0L, 0), packet(512L, 1)),
            batch(2, packet(0L, 0), packet(512L, 2)),
            batch(2, packet(0L, 0), packet(512L, 0)),
            batch(1, packet(null, 0)))
        .forEach(
            event ->
                assertThatExceptionOfType(BatchException.class)
                    .isThrownBy(() -> FrameBatchReader.batch(event))
                    .withMessageContaining("batch")
                    .extracting(e -> e.code())
                    .isEqualTo("BATCH_INVALID"));
  }

  @Test
  void shouldTakeABatchThatOnlyBringsItsChainFurther() {
    assertThat(FrameBatchReader.batch(batch(0, packet(0L, -1))).expectedFrames()).isZero();
    assertThat(FrameBatchReader.batch(batch(0)).packets()).isEmpty();
  }

  @Test
  void shouldReadPacketsThatLieElsewhereWhenTheyAreWanted() throws Exception {
    MediaStore store = FileMediaStore.open(folder.resolve("store"), List.of());
    StoredObject stored =
        store.keep(
            MediaStore.Kind.PACKETS,
            "video",
            out -> objects.write(new InlinePackets(List.of(packet(0L, 0), packet(1L, 1))), out));
    FrameBatch event = batch(2);
    event.setPackets(reference(stored, stored.sha256()));

    PacketBatch batch = read(event, store);

    assertThat(batch.packets()).extracting(VideoPacket::frame).containsExactly(0, 1);
  }

  @Test
  void shouldFailABatchWhosePacketsCannotBeHad() throws Exception {
    MediaStore store = FileMediaStore.open(folder.resolve("store"), List.of());
    StoredObject stored =
        store.keep(
            MediaStore.Kind.PACKETS,
            "video",
            out -> objects.write(new InlinePackets(List.of(packet(0L, 0))), out));
    FrameBatch other = batch(1);
    other.setPackets(reference(stored, "00".repeat(32)));
    FrameBatch missing = batch(1);
    missing.setPackets(reference(stored, stored.sha256()));
    FrameBatch elsewhere = batch(1);
    elsewhere.setPackets(new ReferencedPackets("http://nowhere/x", 0L, 1L, "00"));

    assertThat(failure(other, store)).isEqualTo("PACKETS_DAMAGED");
    Files.delete(Path.of(stored.location()));
    assertThat(failure(missing, store)).isEqualTo("LOCATION_NOT_FOUND");
    assertThat(failure(elsewhere, store)).isEqualTo("LOCATION_REFUSED");
  }

  private String failure(FrameBatch event, MediaStore store) {
    return assertThatExceptionOfType(BatchException.class)
        .isThrownBy(() -> read(event, store))
        .actual()
        .code();
  }

  private static ReferencedPackets reference(StoredObject stored, String sha256) {
    return new ReferencedPackets(stored.location().toString(), 0L, stored.sizeBytes(), sha256);
  }

  private PacketBatch read(FrameBatch event, MediaStore store) {
    return FrameBatchReader.batch(new BatchReferences(store, objects).resolve(event));
  }

  private static FrameBatch batch(int expectedFrames, Packet... packets) {
    return new FrameBatch(
        "video",
        "split",
        4,
        List.of(),
        new VideoStream(
            7,
            "h264",
            0x31637661,
            "yuv420p",
            1280,
            720,
            100,
            31,
            2,
            "progressive",
            24,
            8,
            "tv",
            "bt709",
            "bt470bg",
            "smpte170m",
            "left",
            new Rational(4, 3),
            new Rational(1, 12800),
            new Rational(25, 1),
            bytes(5, 6),
            List.of(0, 65536, 0, -65536, 0, 0, 0, 0, 1073741824)),
        -3L,
        100L,
        expectedFrames,
        true,
        null,
        null,
        new InlinePackets(Arrays.asList(packets)));
  }

  private static Packet packet(Long pts, int frame) {
    return new Packet(
        pts,
        null,
        10L,
        1,
        frame,
        false,
        bytes(1, 2),
        List.of(new SideData("New Extradata", bytes(9))));
  }

  private static ByteBuffer bytes(int... values) {
    ByteBuffer buffer = ByteBuffer.allocate(values.length);
    for (int value : values) {
      buffer.put((byte) value);
    }
    return buffer.flip();
  }
}
