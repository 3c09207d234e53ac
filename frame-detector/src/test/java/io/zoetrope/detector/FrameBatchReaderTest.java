package io.zoetrope.detector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.zoetrope.detector.boxes.Thresholds;
import io.zoetrope.detector.inference.InferenceRequest;
import io.zoetrope.events.BatchRun;
import io.zoetrope.events.FrameBatch;
import io.zoetrope.events.InlinePackets;
import io.zoetrope.events.Packet;
import io.zoetrope.events.Rational;
import io.zoetrope.events.ReferencedPackets;
import io.zoetrope.events.RunOptions;
import io.zoetrope.events.SideData;
import io.zoetrope.events.VideoStream;
import io.zoetrope.media.VideoPacket;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FrameBatchReaderTest {
  private static final BatchRun RUN = new BatchRun("run", "model", new RunOptions(0.25f, 0.45f));

  @Test
  void shouldReadEverythingThatADecoderNeeds() {
    FrameBatch event = batch(2, packet(512L, 1), packet(0L, 0));
    event.setPreroll(new InlinePackets(List.of(packet(null, -1))));

    InferenceRequest request = FrameBatchReader.request(event, List.of(RUN));

    assertThat(request.runs()).containsExactly(new Thresholds(0.25f, 0.45f));
    assertThat(request.batch().sequence()).isEqualTo(4);
    assertThat(request.batch().firstFrame()).isEqualTo(100);
    assertThat(request.batch().expectedFrames()).isEqualTo(2);
    assertThat(request.batch().originPts()).isEqualTo(-3);
    assertThat(request.batch().damaged()).isTrue();
    assertThat(request.batch().preroll())
        .extracting(VideoPacket::pts, VideoPacket::emit)
        .containsExactly(org.assertj.core.groups.Tuple.tuple(VideoPacket.NO_TIMESTAMP, false));
    VideoPacket packet = request.batch().packets().get(0);
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
                assertThatIllegalArgumentException()
                    .isThrownBy(() -> FrameBatchReader.request(event, List.of(RUN)))
                    .withMessageContaining("batch"));
  }

  @Test
  void shouldRefuseThresholdsOutOfRange() {
    BatchRun run = new BatchRun("run", "model", new RunOptions(1.5f, 0.45f));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> FrameBatchReader.request(batch(1, packet(0L, 0)), List.of(run)))
        .withMessage("confidence must be between 0 and 1, not 1.5");
  }

  @Test
  void shouldRefusePacketsThatLieElsewhere() {
    FrameBatch event = batch(1, packet(0L, 0));
    event.setPackets(new ReferencedPackets("file:/x", 0L, 1L, "00"));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> FrameBatchReader.request(event, List.of(RUN)))
        .withMessageContaining("media store");
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
