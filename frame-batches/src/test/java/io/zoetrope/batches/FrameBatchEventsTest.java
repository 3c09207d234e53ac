package io.zoetrope.batches;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.zoetrope.events.DecodeChain;
import io.zoetrope.events.FrameBatch;
import io.zoetrope.events.InlinePackets;
import io.zoetrope.events.Packet;
import io.zoetrope.events.RunRequested;
import io.zoetrope.events.WantedRun;
import io.zoetrope.media.ChainLink;
import io.zoetrope.media.CutOptions;
import io.zoetrope.media.PacketBatch;
import io.zoetrope.media.Rational;
import io.zoetrope.media.Sampling;
import io.zoetrope.media.VideoPacket;
import io.zoetrope.schemas.RunDefaults;
import io.zoetrope.schemas.Topics;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FrameBatchEventsTest {
  private static final RunDefaults DEFAULTS = new RunDefaults("model", 0.25f, 0.45f, 0);
  private static final RunRequested RUN =
      run(new WantedRun(null, null, null, null, null, false, null, null));

  @Test
  void shouldSayWhereAChainBeginsAndHowItCanBeCutAgain() {
    FrameBatch event = event(batch(7, Optional.of(new ChainLink(3, 2, true))));

    assertThat(event.getChain())
        .isEqualTo(new DecodeChain(3, 2, true, "file:/video", RUN.getSplit()));
  }

  @Test
  void shouldPlaceAChainWhereItsFirstBatchLies() {
    List<Integer> partitions =
        IntStream.range(3, 8)
            .mapToObj(sequence -> batch(sequence, Optional.of(new ChainLink(3, 0, sequence == 7))))
            .map(batch -> partition(event(batch)))
            .toList();

    assertThat(partitions).containsOnly(partition(event(batch(3, Optional.empty()))));
  }

  @Test
  void shouldSpreadBatchesThatAreInNoChain() {
    List<Integer> partitions =
        IntStream.range(0, 10)
            .mapToObj(sequence -> partition(event(batch(sequence, Optional.empty()))))
            .toList();

    assertThat(partitions).doesNotHaveDuplicates();
  }

  @Test
  void shouldKeepThatPacketsBeforeOneAreLeftOut() {
    List<VideoPacket> packets =
        List.of(
            new VideoPacket(5, 4, 1, 1, 0, true, ByteBuffer.allocate(3), List.of()),
            new VideoPacket(
                VideoPacket.NO_TIMESTAMP, 5, 1, 0, -1, false, ByteBuffer.allocate(3), List.of()));
    PacketBatch batch = new PacketBatch(0, 0, 1, 0, false, Optional.empty(), List.of(), packets);

    assertThat(((InlinePackets) event(batch).getPackets()).getPackets())
        .extracting(Packet::getPts, Packet::getFrame, Packet::getRestart)
        .containsExactly(tuple(5L, 0, true), tuple(null, -1, false));
  }

  @Test
  void shouldCutAsTheRunWishes() {
    assertThat(cut(new WantedRun(null, null, null, null, null, false, null, null)))
        .isEqualTo(CutOptions.DEFAULT);
    assertThat(cut(new WantedRun(null, null, null, 2, null, false, null, null)))
        .isEqualTo(CutOptions.DEFAULT.withStream(2));
    assertThat(cut(new WantedRun(null, null, null, null, 2.5, false, null, null)))
        .isEqualTo(CutOptions.DEFAULT.withSampling(Sampling.atMost(new Rational(5, 2))));
    assertThat(cut(new WantedRun(null, null, null, null, null, true, null, null)))
        .isEqualTo(CutOptions.DEFAULT.withSampling(Sampling.KEYFRAMES));
  }

  private static CutOptions cut(WantedRun wanted) {
    return FrameBatchEvents.of(run(wanted).getSplit());
  }

  private static int partition(FrameBatch event) {
    return Topics.FRAME_BATCHES.partition(FrameBatchEvents.place(event));
  }

  private static FrameBatch event(PacketBatch batch) {
    return FrameBatchEvents.of(batch, TestStreams.media(), List.of(RUN));
  }

  private static PacketBatch batch(int sequence, Optional<ChainLink> chain) {
    return new PacketBatch(sequence, 0, 0, 0, false, chain, List.of(), List.of());
  }

  private static RunRequested run(WantedRun wanted) {
    return DEFAULTS.resolve("v", "file:/video", wanted);
  }
}
