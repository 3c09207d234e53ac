package io.zoetrope.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What must hold however a stream is built and cut. The seed is the name of each case. */
class CuttingInvariantsTest {
  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
  void shouldEmitEveryFrameOnceInOrderWithAllThatItNeeds(long seed) {
    Random random = new Random(seed);
    List<CutPacket> packets = PacketScript.of(script(random));
    CutOptions options =
        new CutOptions(
            random.nextInt(40),
            1000 + random.nextInt(8000),
            CutOptions.BEST_STREAM,
            Sampling.EVERY_FRAME);

    List<PacketBatch> batches = PacketScript.cut(packets, options);

    List<Long> emittedPts = new ArrayList<>();
    for (PacketBatch batch : batches) {
      assertThat(batch.firstFrame()).isEqualTo(emittedPts.size());
      VideoPacket[] byFrame = new VideoPacket[batch.expectedFrames()];
      batch.allPackets().filter(VideoPacket::emit).forEach(p -> byFrame[p.frame()] = p);
      for (VideoPacket packet : byFrame) {
        emittedPts.add(packet.pts());
      }
      assertHasAllReferences(batch, packets);
    }
    assertThat(emittedPts).isEqualTo(LongStream.range(0, packets.size()).boxed().toList());
    assertThat(PacketScript.cut(packets, options)).isEqualTo(batches);
  }

  /** Between its first packet and its last, a batch lacks only what nothing refers to. */
  private static void assertHasAllReferences(PacketBatch batch, List<CutPacket> packets) {
    List<VideoPacket> all = batch.allPackets().toList();
    Set<Integer> present = new HashSet<>();
    all.forEach(packet -> present.add(number(packet)));
    int first = number(all.get(0));
    assertThat(packets.get(first).randomAccess()).isTrue();
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

  /** GOPs of random length, open and closed, with zero to three B frames in a row or a pyramid. */
  private static String script(Random random) {
    StringBuilder script = new StringBuilder("I0 ");
    int pts = 1;
    int packets = 50 + random.nextInt(400);
    int untilNext = random.nextInt(60);
    while (pts < packets) {
      int between = random.nextInt(4);
      boolean randomAccess = untilNext-- == 0;
      if (randomAccess) {
        untilNext = random.nextInt(60);
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
