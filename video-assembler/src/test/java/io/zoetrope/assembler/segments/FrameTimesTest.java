package io.zoetrope.assembler.segments;

import static org.assertj.core.api.Assertions.assertThat;

import io.zoetrope.media.PacketBatch;
import io.zoetrope.media.Rational;
import io.zoetrope.media.VideoPacket;
import io.zoetrope.media.VideoStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class FrameTimesTest {
  /** A tick is a millisecond; a frame takes 40 of them. */
  private static final VideoStream STREAM = stream();

  @Test
  void shouldCountFromTimeZeroInTheOrderInWhichFramesAreShown() {
    FrameTimes times = times(1_000, OptionalLong.of(1_160), 1_000, 1_040, 1_120);

    assertThat(times.starts()).containsExactly(0L, 40L, 120L);
    assertThat(times.end()).isEqualTo(160);
  }

  @Test
  void shouldEndTheLastFrameOfAVideoWhenItsPacketSays() {
    FrameTimes times = times(0, OptionalLong.empty(), 0, 40);

    assertThat(times.starts()).containsExactly(0L, 40L);
    assertThat(times.end()).isEqualTo(47);
  }

  @Test
  void shouldPartFramesOfOneTime() {
    FrameTimes times = times(0, OptionalLong.of(80), 0, 40, 40, 40);

    assertThat(times.starts()).containsExactly(0L, 40L, 41L, 42L);
    assertThat(times.end()).isEqualTo(80);
  }

  @Test
  void shouldEndBeforeTheNextSegmentBegins() {
    FrameTimes times = times(0, OptionalLong.of(80), 0, 80, 80);

    assertThat(times.starts()).containsExactly(0L, 78L, 79L);
    assertThat(times.end()).isEqualTo(80);
  }

  @Test
  void shouldShowWhatComesFromBeforeTimeZeroAtTimeZero() {
    FrameTimes times = times(100, OptionalLong.of(180), 20, 60, 100, 140);

    assertThat(times.starts()).containsExactly(0L, 1L, 2L, 40L);
  }

  @Test
  void shouldGoOnWhereTimesJumpBackInsideASegment() {
    FrameTimes times = times(0, OptionalLong.of(80), 5_000, 5_040, 0, 40);

    assertThat(times.starts()).containsExactly(5_000L, 5_040L, 5_080L, 5_120L);
    assertThat(times.end()).isEqualTo(5_160);
  }

  @Test
  void shouldGoOnFromSegmentToSegmentWhereTimesJumpBack() {
    FrameClock clock = new FrameClock(STREAM, 100);

    assertThat(clock.startOf(batch(100, 140))).isEqualTo(100);
    assertThat(clock.startOf(batch(180, 220, 20, 60))).isEqualTo(100);
    // Until then it is 240 ticks in the annotated video
    assertThat(clock.startOf(batch(100, 140))).isEqualTo(100 - 240);
    assertThat(clock.startOf(batch(0, 40))).isEqualTo(-320);
  }

  @Test
  void shouldJoinSegmentsWithoutAnOverlapWhereTimesJumpBack() {
    List<PacketBatch> batches =
        List.of(batch(100, 140), batch(180, 220, 20, 60), batch(100, 140), batch(0, 40));
    FrameClock clock = new FrameClock(STREAM, 100);
    List<Long> starts = new ArrayList<>();
    long end = 0;
    for (int i = 0; i < batches.size(); i++) {
      OptionalLong next =
          i + 1 < batches.size()
              ? OptionalLong.of(FrameClock.frames(batches.get(i + 1)).get(0).pts())
              : OptionalLong.empty();
      FrameTimes times = FrameTimes.of(batches.get(i), STREAM, clock.startOf(batches.get(i)), next);
      starts.addAll(times.starts());
      assertThat(times.starts().get(0)).isEqualTo(end);
      end = times.end();
    }

    assertThat(starts).containsExactly(0L, 40L, 80L, 120L, 160L, 200L, 240L, 280L, 320L, 360L);
  }

  private static FrameTimes times(long startPts, OptionalLong endPts, long... pts) {
    return FrameTimes.of(batch(pts), STREAM, startPts, endPts);
  }

  private static PacketBatch batch(long... pts) {
    List<VideoPacket> packets = new ArrayList<>();
    for (int i = 0; i < pts.length; i++) {
      packets.add(
          new VideoPacket(pts[i], pts[i], 7, 0, i, false, ByteBuffer.allocate(1), List.of()));
    }
    // As B frames do, they come in another order than they are shown.
    Collections.reverse(packets);
    return new PacketBatch(0, 0, pts.length, 0, false, Optional.empty(), List.of(), packets);
  }

  private static VideoStream stream() {
    return new VideoStream(
        0,
        "h264",
        0,
        "yuv420p",
        64,
        48,
        100,
        10,
        0,
        "progressive",
        8,
        8,
        "tv",
        "bt709",
        "bt709",
        "bt709",
        "left",
        new Rational(1, 1),
        new Rational(1, 1_000),
        new Rational(25, 1),
        ByteBuffer.allocate(0),
        List.of(),
        0);
  }
}
