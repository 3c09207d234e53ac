package io.zoetrope.assembler.segments;

import static org.assertj.core.api.Assertions.assertThat;

import io.zoetrope.assembler.segments.TimedBatches.TimedBatch;
import io.zoetrope.media.PacketBatch;
import io.zoetrope.media.Rational;
import io.zoetrope.media.VideoPacket;
import io.zoetrope.media.VideoStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class TimedBatchesTest {
  /** A tick is a millisecond; a frame takes 40 of them. */
  private static final VideoStream STREAM = stream();

  @Test
  void shouldCountFromTimeZeroInTheOrderInWhichFramesAreShown() {
    assertThat(times(1_000, batch(1_000, 1_040, 1_120), batch(1_160)))
        .containsExactly(
            new FrameTimes(List.of(0L, 40L, 120L), 160), new FrameTimes(List.of(160L), 167));
  }

  @Test
  void shouldEndTheLastFrameOfAVideoWhenItsPacketSays() {
    assertThat(times(0, batch(0, 40))).containsExactly(new FrameTimes(List.of(0L, 40L), 47));
  }

  @Test
  void shouldPassOverBatchesThatShowNothing() {
    assertThat(times(0, batch(0, 40), batch(), batch(), batch(90)))
        .containsExactly(
            new FrameTimes(List.of(0L, 40L), 90),
            new FrameTimes(List.of(), 90),
            new FrameTimes(List.of(), 90),
            new FrameTimes(List.of(90L), 97));
  }

  @Test
  void shouldPartFramesOfOneTimeAlsoWhereASegmentEnds() {
    assertThat(times(0, batch(0, 40, 40, 40), batch(40, 80)))
        .containsExactly(
            new FrameTimes(List.of(0L, 40L, 41L, 42L), 43), new FrameTimes(List.of(43L, 80L), 87));
  }

  @Test
  void shouldGoForwardWhereMoreFramesComeThanThereAreTicks() {
    long[] same = LongStream.range(0, 100).map(i -> 5).toArray();

    assertThat(times(5, batch(same), batch(same)))
        .containsExactly(
            new FrameTimes(LongStream.range(0, 100).boxed().toList(), 100),
            new FrameTimes(LongStream.range(100, 200).boxed().toList(), 206));
  }

  @Test
  void shouldShowWhatComesFromBeforeTimeZeroAtTimeZero() {
    assertThat(times(100, batch(20, 60, 100), batch(140)))
        .containsExactly(new FrameTimes(List.of(0L, 1L, 2L), 40), new FrameTimes(List.of(40L), 47));
  }

  @Test
  void shouldCatchUpAfterFramesInAWrongOrder() {
    assertThat(times(0, batch(0, 80, 40, 120), batch(100, 160)))
        .containsExactly(
            new FrameTimes(List.of(0L, 80L, 81L, 120L), 121),
            new FrameTimes(List.of(121L, 160L), 167));
  }

  @Test
  void shouldGoOnWhereTimesJumpBackInsideASegment() {
    assertThat(times(0, batch(5_000, 5_040, 0, 40), batch(80)))
        .containsExactly(
            new FrameTimes(List.of(5_000L, 5_040L, 5_080L, 5_120L), 5_160),
            new FrameTimes(List.of(5_160L), 5_167));
  }

  @Test
  void shouldGoOnFromSegmentToSegmentWhereTimesJumpBack() {
    List<FrameTimes> times =
        times(
            100,
            batch(100, 3_140),
            batch(3_180, 3_220, 20, 60),
            batch(100, 5_000),
            batch(0, 40),
            batch(80));

    assertThat(times)
        .containsExactly(
            new FrameTimes(List.of(0L, 3_040L), 3_080),
            new FrameTimes(List.of(3_080L, 3_120L, 3_160L, 3_200L), 3_240),
            new FrameTimes(List.of(3_240L, 8_140L), 8_180),
            new FrameTimes(List.of(8_180L, 8_220L), 8_260),
            new FrameTimes(List.of(8_260L), 8_267));
  }

  private static List<FrameTimes> times(long startPts, PacketBatch... batches) {
    TimedBatches timed = new TimedBatches(List.of(batches).iterator(), STREAM, () -> startPts);
    List<FrameTimes> times = new ArrayList<>();
    List<PacketBatch> inOrder = new ArrayList<>();
    while (timed.hasNext()) {
      TimedBatch next = timed.next();
      inOrder.add(next.batch());
      times.add(next.times());
    }
    assertThat(inOrder).containsExactly(batches);
    return times;
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
