package io.zoetrope.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.zoetrope.events.DecodeChain;
import io.zoetrope.events.FrameBatch;
import io.zoetrope.events.InlinePackets;
import io.zoetrope.events.Packet;
import io.zoetrope.events.PacketLedger;
import io.zoetrope.events.ReferencedPackets;
import io.zoetrope.events.VideoRejected;
import io.zoetrope.events.WantedRun;
import io.zoetrope.integration.SplitterRig.Cut;
import io.zoetrope.samples.Samples;
import io.zoetrope.schemas.Keys;
import io.zoetrope.schemas.Topics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How videos of every kind lie on the broker as frame batches. */
class FrameBatchesIT {
  private static final WantedRun EVERY_FRAME =
      new WantedRun(null, null, null, null, null, false, null, null);
  private static final int MOST_ON_THE_WIRE = 8 << 20;
  private static final int LONG_GOP = 700;

  @TempDir static Path folder;
  private static SplitterRig rig;
  private static Path demo;

  @BeforeAll
  static void start() throws Exception {
    rig = new SplitterRig(folder);
    demo = Samples.copyVideo(folder);
  }

  @AfterAll
  static void stop() throws Exception {
    rig.close();
  }

  @Test
  void shouldReferToPacketsThatNoRecordCarries() throws Exception {
    Path video = folder.resolve("noise.mp4");
    EncodedVideo.ofNoise(video, 3072, 2304, 3);

    Cut cut = rig.cut(video, EVERY_FRAME);

    assertThat(cut.completed().getExpectedFrames()).isEqualTo(3);
    assertThat(cut.batches())
        .extracting(FrameBatch::getPackets)
        .hasSize(3)
        .hasOnlyElementsOfType(ReferencedPackets.class);
    assertThat(cut.batches().stream().flatMap(FrameBatchesIT::emitted))
        .allSatisfy(packet -> assertThat(packet.getData().remaining()).isGreaterThan(8 << 20));
    assertThat(cut.records()).allSatisfy(FrameBatchesIT::assertSmallEnough);
    assertThat(
            rig.cut(video, new WantedRun("other", null, null, null, null, false, null, null))
                .batches())
        .as("another run's batches refer to the same objects")
        .extracting(FrameBatch::getPackets)
        .containsExactlyInAnyOrderElementsOf(
            cut.batches().stream().map(FrameBatch::getPackets).toList());
  }

  @Test
  void shouldKeepAChainInOrderInThePartitionOfItsHead() throws Exception {
    Path video = folder.resolve("one-keyframe.mp4");
    EncodedVideo.withOneKeyframe(video, LONG_GOP);

    Cut cut = rig.cut(video, EVERY_FRAME);

    assertThat(cut.completed().getExpectedFrames()).isEqualTo(LONG_GOP);
    assertThat(cut.completed().getPackets())
        .isEqualTo(new PacketLedger((long) LONG_GOP, (long) LONG_GOP, 0L, 0L, 0L, 0L, 0L));
    List<FrameBatch> chain =
        cut.batches().stream().filter(batch -> batch.getChain() != null).toList();
    int head = chain.get(0).getChain().getHead();
    int partition = Topics.FRAME_BATCHES.partition(Keys.frameBatch(cut.run().getSplitId(), head));
    assertThat(chain)
        .extracting(FrameBatch::getSequence)
        .as("one after the other, to the end of the video")
        .containsExactlyElementsOf(
            IntStream.range(head, cut.completed().getBatches()).boxed().toList())
        .hasSizeGreaterThan(2);
    assertThat(
            cut.records().stream()
                .filter(record -> Keys.sequence(record.key()) >= head)
                .map(ConsumerRecord::partition))
        .containsOnly(partition);
    assertThat(chain)
        .extracting(FrameBatch::getChain)
        .allSatisfy(
            link -> {
              assertThat(link.getHead()).isEqualTo(head);
              assertThat(link.getLocation()).isEqualTo(cut.run().getLocation());
              assertThat(link.getSplit()).isEqualTo(cut.run().getSplit());
            });
    assertThat(chain)
        .extracting(FrameBatch::getChain)
        .extracting(DecodeChain::getLast)
        .as("the last one says so")
        .endsWith(false, true)
        .containsOnlyOnce(true);
  }

  @Test
  void shouldSendOnlyTheFramesThatAreWanted() throws Exception {
    Cut everySecond = rig.cut(demo, new WantedRun(null, null, null, null, 1.0, false, null, null));
    Cut keyframes = rig.cut(demo, new WantedRun(null, null, null, null, null, true, null, null));

    assertThat(seconds(everySecond)).containsExactly(0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0);
    assertThat(everySecond.completed().getPackets())
        .isEqualTo(new PacketLedger(175L, 7L, 168L, 0L, 0L, 0L, 0L));
    assertThat(seconds(keyframes)).containsExactly(0.0, 2.0, 4.0, 6.0);
    assertThat(keyframes.completed().getPackets())
        .isEqualTo(new PacketLedger(175L, 4L, 171L, 0L, 0L, 0L, 0L));
    assertThat(keyframes.batches().stream().flatMap(FrameBatchesIT::packets)).hasSize(4);
  }

  @Test
  void shouldCutTheStreamThatIsWanted() throws Exception {
    Cut first = rig.cut(demo, new WantedRun(null, null, null, 0, null, false, null, null));
    Cut none = rig.cut(demo, new WantedRun(null, null, null, 7, null, false, null, null));

    assertThat(first.completed().getExpectedFrames()).isEqualTo(Samples.VIDEO_FRAMES);
    assertThat(none.end())
        .isInstanceOfSatisfying(
            VideoRejected.class,
            rejected -> {
              assertThat(rejected.getCode()).isEqualTo("MEDIA_NO_VIDEO");
              assertThat(rejected.getMessage()).contains("no video stream 7");
            });
  }

  /** Times of the frames that a video's batches emit, in presentation order. */
  private static List<Double> seconds(Cut cut) {
    return cut.batches().stream()
        .flatMap(
            batch -> {
              var timeBase = batch.getStream().getTimeBase();
              double unit = (double) timeBase.getNumerator() / timeBase.getDenominator();
              return emitted(batch).map(packet -> (packet.getPts() - batch.getOriginPts()) * unit);
            })
        .sorted()
        .toList();
  }

  private static Stream<Packet> emitted(FrameBatch batch) {
    return packets(batch).filter(packet -> packet.getFrame() >= 0);
  }

  private static Stream<Packet> packets(FrameBatch batch) {
    if (batch.getPackets() instanceof InlinePackets inline) {
      return inline.getPackets().stream();
    }
    ReferencedPackets reference = (ReferencedPackets) batch.getPackets();
    try (SeekableByteChannel object = rig.store().open(URI.create(reference.getLocation()))) {
      return rig.serdes().packetObjects().read(object, reference).getPackets().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void assertSmallEnough(ConsumerRecord<?, ?> record) {
    assertThat(record.serializedKeySize() + record.serializedValueSize())
        .isLessThan(MOST_ON_THE_WIRE);
  }
}
