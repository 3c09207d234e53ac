package io.zoetrope.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BatchCuttingTest {
  @Test
  void shouldCutBeforeTheRandomAccessPointNearestToTheTarget() {
    assertThat(sizes(gops(4, 10), options(16))).containsExactly(20, 20);
    assertThat(sizes(gops(4, 10), options(12))).containsExactly(10, 10, 10, 10);
  }

  @Test
  void shouldGatherShortGopsAndKeepLongOnesWholeByDefault() {
    assertThat(sizes(gops(10, 10), CutOptions.DEFAULT)).containsExactly(40, 40, 20);
    assertThat(sizes(gops(2, 250), CutOptions.DEFAULT)).containsExactly(250, 250);
    assertThat(sizes(gops(1, 600), CutOptions.DEFAULT)).containsExactly(256, 256, 88);
  }

  @Test
  void shouldStartWithTheWholeGopSoFarWhereItCutsInside() {
    List<PacketBatch> batches =
        PacketScript.cut(PacketScript.of("I0 P3 b1 B2 P6 b4 B5 b7 P9 b8 P11 b10 P12"), options(4));

    assertThat(batches)
        .extracting(PacketScript::show)
        .containsExactly(
            "/ [0] [3] [1] [2] ",
            "0 3 2 / [6] [4] [5] [7] ",
            "0 3 2 6 5 / [9] [8] [11] [10] [12] ");
  }

  @Test
  void shouldEmitTheFramesThatLeadTheNextRandomAccessPoint() {
    List<PacketBatch> batches =
        PacketScript.cut(PacketScript.of("I0 P2 B1 C6 B4 b3 b5 P8 b7"), options(4));

    assertThat(batches)
        .extracting(PacketScript::show)
        .containsExactly("/ [0] [2] [1] 6 [4] [3] [5] ", "/ [6] 4 3 5 [8] [7] ");
    assertThat(batches).extracting(PacketBatch::firstFrame).containsExactly(0L, 6L);
  }

  @Test
  void shouldNotLookForLeadingFramesAfterAClosedGop() {
    List<PacketBatch> batches =
        PacketScript.cut(PacketScript.of("I0 P1 P2 P3 I4 P5 P6 P7"), options(4));

    assertThat(batches)
        .extracting(PacketScript::show)
        .containsExactly("/ [0] [1] [2] [3] ", "/ [4] [5] [6] [7] ");
  }

  @Test
  void shouldNumberFramesInPresentationOrder() {
    PacketBatch batch =
        PacketScript.cut(PacketScript.of("I0 P8 B4 b2 b6"), CutOptions.DEFAULT).get(0);

    assertThat(batch.packets()).extracting(VideoPacket::frame).containsExactly(0, 4, 2, 1, 3);
  }

  @Test
  void shouldNotExpectDiscardedPackets() {
    List<PacketBatch> batches =
        PacketScript.cut(PacketScript.of("I0 d1 d2 d3 P4 P5 P6 P7 P8 P9"), options(4));

    assertThat(batches)
        .extracting(PacketScript::show)
        .containsExactly("/ [0] 1 2 3 ", "0 1 2 3 / [4] [5] [6] [7] [8] [9] ");
    assertThat(batches).extracting(PacketBatch::expectedFrames).containsExactly(1, 6);
  }

  @Test
  void shouldMakeNoBatchOfAStretchWithoutExpectedFrames() {
    List<PacketBatch> batches =
        PacketScript.cut(PacketScript.of("d0 d1 d2 d3 P4 P5 P6 P7"), options(4));

    assertThat(batches)
        .extracting(PacketScript::show)
        .containsExactly("0 1 2 3 / [4] [5] [6] [7] ");
    assertThat(batches.get(0).sequence()).isZero();
    assertThat(batches.get(0).originPts()).isEqualTo(4);
  }

  @Test
  void shouldEndABatchAtTheFirstRandomAccessPointAfterAJump() {
    List<PacketBatch> batches =
        PacketScript.cut(PacketScript.of("I50 P51 P52 | P10 P11 I12 P13 P14"), options(64));

    assertThat(batches)
        .extracting(PacketScript::show)
        .containsExactly("/ [50] [51] [52] [10] [11] ", "/ [12] [13] [14] ");
    assertThat(batches.get(0).packets())
        .extracting(VideoPacket::frame)
        .containsExactly(0, 1, 2, 3, 4);
  }

  @Test
  void shouldCutEarlierWhereARecordWouldGrowTooLarge() {
    List<PacketBatch> batches =
        PacketScript.cut(PacketScript.of("I0 P1 P2 P3 P4 I5 P6 I7 P8 P9"), options(10, 400));

    assertThat(batches)
        .extracting(PacketScript::show)
        .containsExactly("/ [0] [1] ", "0 1 / [2] [3] [4] ", "/ [5] [6] [7] [8] ", "7 8 / [9] ");
  }

  @Test
  void shouldContinueAChainWhereThePrerollWouldGrowTooLong() {
    List<PacketBatch> batches = PacketScript.cut(gops(2, 500), options(128));

    assertThat(batches)
        .extracting(PacketBatch::chain)
        .containsExactly(
            Optional.empty(),
            Optional.of(new ChainLink(1, 0, false)),
            Optional.of(new ChainLink(1, 3, false)),
            Optional.of(new ChainLink(1, 3, true)),
            Optional.empty(),
            Optional.of(new ChainLink(5, 0, false)),
            Optional.of(new ChainLink(5, 3, false)),
            Optional.of(new ChainLink(5, 3, true)));
    assertThat(batches)
        .extracting(batch -> batch.preroll().size())
        .containsExactly(0, 128, 0, 0, 0, 128, 0, 0);
    assertThat(batches)
        .extracting(batch -> batch.packets().size())
        .containsExactly(128, 131, 131, 116, 128, 131, 131, 116);
  }

  @Test
  void shouldContinueAChainWhereThePrerollWouldTakeUpHalfARecord() {
    List<PacketBatch> batches =
        PacketScript.cut(
            PacketScript.of("I0 P2 b1 P4 b3 P6 b5 P8 b7 P10 b9 P12 b11 P14 b13 I15 P16"),
            options(4, 700));

    assertThat(batches)
        .extracting(PacketScript::show)
        .containsExactly(
            "/ [0] [2] [1] [4] [3] ",
            "0 2 4 / [6] [5] 8 7 10 ",
            "/ [8] [7] [10] [9] 12 11 14 ",
            "/ [12] [11] [14] [13] ",
            "/ [15] [16] ");
    assertThat(batches)
        .extracting(PacketBatch::chain)
        .containsExactly(
            Optional.empty(),
            Optional.of(new ChainLink(1, 0, false)),
            Optional.of(new ChainLink(1, 3, false)),
            Optional.of(new ChainLink(1, 3, true)),
            Optional.empty());
  }

  @Test
  void shouldKeepAGopWholeThatIsLittleLongerThanTheLongestPreroll() {
    assertThat(sizes(gops(2, 280), CutOptions.DEFAULT)).containsExactly(280, 280);
    assertThat(sizes(gops(2, 290), CutOptions.DEFAULT)).containsExactly(256, 34, 256, 34);
  }

  @Test
  void shouldCountTheTailTowardsTheSizeOfARecord() {
    String script = "I0 P1 P2 P3 C6 b4 b5 P7 P8 P9";

    assertThat(sizes(PacketScript.of(script), options(4, 700))).containsExactly(6, 4);
    assertThat(sizes(PacketScript.of(script), options(4, 650)).get(0)).isEqualTo(3);
  }

  @Test
  void shouldCutWithoutAnAnchorWhereTimestampsAreAstray() {
    String astray =
        "I1000 "
            + IntStream.range(1, 80)
                .mapToObj(pts -> (pts % 2 == 0 ? "P" : "b") + pts)
                .collect(Collectors.joining(" "));

    assertThat(sizes(PacketScript.of(astray), options(4))).containsExactly(32, 32, 16);
  }

  private static List<Integer> sizes(List<CutPacket> packets, CutOptions options) {
    return PacketScript.cut(packets, options).stream().map(PacketBatch::expectedFrames).toList();
  }

  private static List<CutPacket> gops(int count, int length) {
    return PacketScript.of(
        IntStream.range(0, count * length)
            .mapToObj(pts -> (pts % length == 0 ? "I" : "P") + pts)
            .collect(Collectors.joining(" ")));
  }

  private static CutOptions options(int target) {
    return CutOptions.DEFAULT.withTargetFrames(target);
  }

  private static CutOptions options(int target, int maxBytes) {
    return new CutOptions(target, maxBytes, CutOptions.BEST_STREAM, Sampling.EVERY_FRAME);
  }
}
