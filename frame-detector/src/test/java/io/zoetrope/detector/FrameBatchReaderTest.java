package io.zoetrope.detector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.zoetrope.detector.boxes.Criteria;
import io.zoetrope.detector.boxes.Thresholds;
import io.zoetrope.detector.inference.BatchException;
import io.zoetrope.detector.inference.InferenceRequest;
import io.zoetrope.events.BatchRun;
import io.zoetrope.events.DecodeChain;
import io.zoetrope.events.FrameBatch;
import io.zoetrope.events.InlinePackets;
import io.zoetrope.events.Packet;
import io.zoetrope.events.Rational;
import io.zoetrope.events.ReferencedPackets;
import io.zoetrope.events.RunFilter;
import io.zoetrope.events.RunOptions;
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
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FrameBatchReaderTest {
  private static final RunCriteria CRITERIA = new RunCriteria("model", List.of("car", "person"));
  private static final BatchRun RUN =
      new BatchRun("run", "model", new RunOptions(0.25f, 0.45f, null));

  @TempDir private Path folder;
  private final PacketObjects objects = new EventSerdes(new SchemaCatalogue()).packetObjects();

  @Test
  void shouldReadEverythingThatADecoderNeeds() {
    FrameBatch event = batch(2, packet(512L, 1), packet(0L, 0));
    event.setPreroll(new InlinePackets(List.of(packet(null, -1))));

    event.setChain(new DecodeChain(2, 1, true, "file:/x", new SplitOptions(-1, 0, 2, null, false)));

    InferenceRequest request = request(event, RUN);
    PacketBatch batch = request.packets().get();

    assertThat(request.runs()).containsExactly(Criteria.of(new Thresholds(0.25f, 0.45f)));
    assertThat(request.sequence()).isEqualTo(4);
    assertThat(request.firstFrame()).isEqualTo(100);
    assertThat(request.expectedFrames()).isEqualTo(2);
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
    assertThat(request.stream())
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
                    .isThrownBy(() -> request(event, RUN).packets().get())
                    .withMessageContaining("batch")
                    .extracting(e -> e.failure().code())
                    .isEqualTo("BATCH_INVALID"));
  }

  @Test
  void shouldTakeABatchThatOnlyBringsItsChainFurther() {
    assertThat(request(batch(0, packet(0L, -1)), RUN).packets().get().expectedFrames()).isZero();
    assertThat(request(batch(0), RUN).packets().get().packets()).isEmpty();
  }

  @Test
  void shouldRefuseThresholdsOutOfRange() {
    BatchRun run = new BatchRun("run", "model", new RunOptions(1.5f, 0.45f, null));

    assertThatExceptionOfType(BatchException.class)
        .isThrownBy(() -> request(batch(1, packet(0L, 0)), run))
        .withMessage("confidence must be between 0 and 1, not 1.5");
  }

  @Test
  void shouldRefuseABatchThatIsOnlyWantedForLabelsThatTheModelDoesNotHave() {
    RunFilter buses = new RunFilter(List.of("car", "bus"), List.of(), Map.of(), 0f, 0f, List.of());
    BatchRun run = new BatchRun("run", "model", new RunOptions(0.25f, 0.45f, buses));

    assertThatExceptionOfType(BatchException.class)
        .isThrownBy(() -> request(batch(1, packet(0L, 0)), run))
        .satisfies(e -> assertThat(e.failure().code()).isEqualTo("LABEL_UNKNOWN"))
        .withMessage("The model model has no label bus; did you mean car?");
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

    PacketBatch batch = request(event, RUN, store).packets().get();

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
    InferenceRequest request = request(event, RUN, store);
    return assertThatExceptionOfType(BatchException.class)
        .isThrownBy(() -> request.packets().get())
        .actual()
        .failure()
        .code();
  }

  private static ReferencedPackets reference(StoredObject stored, String sha256) {
    return new ReferencedPackets(stored.location().toString(), 0L, stored.sizeBytes(), sha256);
  }

  private InferenceRequest request(FrameBatch event, BatchRun run) {
    return request(event, run, FileMediaStore.open(folder, List.of()));
  }

  private InferenceRequest request(FrameBatch event, BatchRun run, MediaStore store) {
    return FrameBatchReader.request(
        event, List.of(run), CRITERIA, Optional.empty(), new BatchReferences(store, objects));
  }

  private static FrameBatch batch(int expectedFrames, Packet... packets) {
    return new FrameBatch(
        "video",
        "split",
        4,
        List.of(RUN),
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
