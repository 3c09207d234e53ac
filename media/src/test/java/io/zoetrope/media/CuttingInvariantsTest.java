package io.zoetrope.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What must hold however a stream is built and cut. The seed is the name of each case. */
class CuttingInvariantsTest {
  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void shouldEmitEveryFrameOnceInOrderWithAllThatItNeeds(long seed) {
    Random random = new Random(seed);
    List<CutPacket> packets = PacketScript.of(script(random));
    CutOptions options =
        new CutOptions(
            random.nextInt(40),
            1000 + random.nextInt(random.nextBoolean() ? 8000 : 100_000),
            CutOptions.BEST_STREAM,
            Sampling.EVERY_FRAME);

    List<PacketBatch> batches = PacketScript.cut(packets, options);

    List<Long> emittedPts = new ArrayList<>();
    Optional<PacketBatch> before = Optional.empty();
    for (PacketBatch batch : batches) {
      assertThat(batch.firstFrame()).isEqualTo(emittedPts.size());
      VideoPacket[] byFrame = new VideoPacket[batch.expectedFrames()];
      batch.allPackets().filter(VideoPacket::emit).forEach(p -> byFrame[p.frame()] = p);
      for (VideoPacket packet : byFrame) {
        emittedPts.add(packet.pts());
      }
      assertGoesOn(before, batch);
      if (continuesChain(batch)) {
        assertGoesOnWhereTheDecoderStands(before.orElseThrow(), batch);
      } else {
        assertHasAllReferences(batch, packets);
      }
      before = Optional.of(batch);
    }
    assertThat(before.flatMap(PacketBatch::chain).map(ChainLink::last).orElse(true)).isTrue();
    assertThat(emittedPts).isEqualTo(LongStream.range(0, packets.size()).boxed().toList());
    assertThat(PacketScript.cut(packets, options)).isEqualTo(batches);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void shouldBringWhatEverySampledFrameNeeds(long seed) {
    Random random = new Random(seed);
    List<CutPacket> packets = PacketScript.of(script(random));
    Rational rate = new Rational(1 + random.nextInt(300), 1 + random.nextInt(3));
    boolean keyframesOnly = random.nextInt(4) == 0;
    CutOptions options =
        new CutOptions(
            random.nextInt(40),
            1000 + random.nextInt(random.nextBoolean() ? 8000 : 100_000),
            CutOptions.BEST_STREAM,
            new Sampling(keyframesOnly ? Optional.empty() : Optional.of(rate), keyframesOnly));

    List<PacketBatch> batches = PacketScript.cut(packets, options);

    List<Long> emittedPts = new ArrayList<>();
    ModelDecoder decoder = new ModelDecoder(packets);
    for (PacketBatch batch : batches) {
      if (!continuesChain(batch)) {
        decoder.restart();
      }
      batch.allPackets().forEach(decoder::take);
      batch.allPackets().filter(VideoPacket::emit).forEach(p -> emittedPts.add(p.pts()));
    }
    List<Long> wanted = keyframesOnly ? keyframes(packets) : firstOfEachSlot(packets, rate);
    assertThat(emittedPts.stream().sorted().toList()).isEqualTo(wanted);
    assertThat(PacketScript.cut(packets, options)).isEqualTo(batches);
  }

  private static List<Long> keyframes(List<CutPacket> packets) {
    return packets.stream().filter(CutPacket::randomAccess).map(p -> p.packet().pts()).toList();
  }

  private static List<Long> firstOfEachSlot(List<CutPacket> packets, Rational rate) {
    List<Long> chosen = new ArrayList<>();
    for (long pts = 0; pts < packets.size(); pts++) {
      if (pts == 0 || slot(pts, rate) != slot(pts - 1, rate)) {
        chosen.add(pts);
      }
    }
    return chosen;
  }

  private static long slot(long pts, Rational rate) {
    return pts * rate.numerator() / (1000L * rate.denominator());
  }

  /** Knows of each picture what it may refer to, and misses it where it hasn't been brought. */
  private static final class ModelDecoder {
    private final List<CutPacket> packets;
    private final Set<Integer> present = new HashSet<>();

    ModelDecoder(List<CutPacket> packets) {
      this.packets = packets;
    }

    void restart() {
      present.clear();
    }

    void take(VideoPacket packet) {
      if (packet.restart()) {
        restart();
      }
      int number = number(packet);
      present.add(number);
      int first = randomAccess(number);
      if (packets.get(number).precedes(packets.get(first))) {
        first = randomAccess(first - 1);
      }
      for (int i = first; packet.emit() && i <= number; i++) {
        assertThat(present.contains(i) || packets.get(i).picture().disposable())
            .as("%d, for %d", packets.get(i).packet().pts(), packet.pts())
            .isTrue();
      }
    }

    private int randomAccess(int number) {
      int found = number;
      while (!packets.get(found).randomAccess()) {
        found--;
      }
      return found;
    }
  }

  /** A chain is left only behind its last batch. */
  private static void assertGoesOn(Optional<PacketBatch> before, PacketBatch batch) {
    Optional<Integer> chainBefore =
        before.flatMap(PacketBatch::chain).filter(link -> !link.last()).map(ChainLink::head);
    Optional<Integer> continued =
        batch.chain().filter(link -> continuesChain(batch)).map(ChainLink::head);
    assertThat(continued).isEqualTo(chainBefore);
    if (before.flatMap(PacketBatch::chain).filter(link -> !link.last()).isPresent()) {
      assertThat(decodersOutput(before.orElseThrow()))
          .as("what a decoder gives out of %s without being drained", before)
          .containsAll(emitted(before.orElseThrow()));
    }
  }

  private static boolean continuesChain(PacketBatch batch) {
    return batch.chain().filter(link -> link.head() < batch.sequence()).isPresent();
  }

  private static void assertGoesOnWhereTheDecoderStands(PacketBatch before, PacketBatch batch) {
    List<Integer> seen = before.allPackets().map(CuttingInvariantsTest::number).toList();
    List<Integer> brought = batch.allPackets().map(CuttingInvariantsTest::number).toList();
    int overlap = batch.chain().orElseThrow().overlap();
    assertThat(brought.subList(0, overlap))
        .isEqualTo(seen.subList(seen.size() - overlap, seen.size()));
    int first = seen.get(seen.size() - 1) + 1 - overlap;
    assertThat(brought).isEqualTo(IntStream.range(first, first + brought.size()).boxed().toList());
  }

  /** As much as comes of a decoder that holds back two frames, the lowest first. */
  private static List<Long> decodersOutput(PacketBatch batch) {
    PriorityQueue<Long> held = new PriorityQueue<>();
    List<Long> output = new ArrayList<>();
    batch
        .allPackets()
        .forEach(
            packet -> {
              held.add(packet.pts());
              if (held.size() > PacketScript.STREAM.videoDelay()) {
                output.add(held.remove());
              }
            });
    return output;
  }

  private static List<Long> emitted(PacketBatch batch) {
    return batch.allPackets().filter(VideoPacket::emit).map(VideoPacket::pts).toList();
  }

  /** Between its first packet and its last, a batch lacks only what nothing refers to. */
  private static void assertHasAllReferences(PacketBatch batch, List<CutPacket> packets) {
    List<VideoPacket> all = batch.allPackets().toList();
    Set<Integer> present = new HashSet<>();
    all.forEach(packet -> present.add(number(packet)));
    int first = number(all.get(0));
    assertThat(packets.get(first).randomAccess()).isTrue();
    assertThat(batch.preroll()).hasSizeLessThan(BatchStart.LONGEST_PREROLL);
    for (int i = first; i < number(all.get(all.size() - 1)); i++) {
      assertThat(present.contains(i) || packets.get(i).picture().disposable()).isTrue();
    }
    for (VideoPacket packet : all) {
      boolean leading =
          packets.get(number(packet)).precedes(packets.get(first))
              && packets.get(first).picture().leadingMayFollow();
      assertThat(leading && packet.emit() && first > 0).isFalse();
    }
  }

  private static int number(VideoPacket packet) {
    return packet.data().getInt(0);
  }

  static LongStream seeds() {
    return LongStream.rangeClosed(1, 60);
  }

  /** GOPs of random length, open and closed, with zero to three B frames in a row or a pyramid. */
  private static String script(Random random) {
    StringBuilder script = new StringBuilder("I0 ");
    int pts = 1;
    int packets = 50 + random.nextInt(900);
    int longestGop = random.nextInt(4) == 0 ? 1000 : 60;
    int untilNext = random.nextInt(longestGop);
    while (pts < packets) {
      int between = random.nextInt(4);
      boolean randomAccess = untilNext-- == 0;
      if (randomAccess) {
        untilNext = random.nextInt(longestGop);
      }
      boolean open = randomAccess && random.nextBoolean();
      if (randomAccess && !open) {
        between = 0;
      }
      char letter = randomAccess ? (open ? 'C' : 'I') : 'P';
      script.append(letter).append(pts + between).append(' ');
      if (between == 3) {
        script.append("B" + (pts + 1) + " b" + pts + " b" + (pts + 2) + " ");
      } else {
        for (int i = 0; i < between; i++) {
          script.append("b" + (pts + i) + " ");
        }
      }
      pts += between + 1;
    }
    return script.toString();
  }
}
