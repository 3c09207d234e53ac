package io.zoetrope.assembler;

import static org.assertj.core.api.Assertions.assertThat;

import io.zoetrope.assembler.RenderLedger.FramePage;
import io.zoetrope.assembler.annotation.RunFrame;
import io.zoetrope.assembler.annotation.RunObject;
import io.zoetrope.batches.FrameBatchEvents;
import io.zoetrope.batches.PacketReferences;
import io.zoetrope.events.AnnotatedFrame;
import io.zoetrope.events.ColourBy;
import io.zoetrope.events.Concealment;
import io.zoetrope.events.FrameStatus;
import io.zoetrope.events.InlinePackets;
import io.zoetrope.events.RenderCodec;
import io.zoetrope.events.RenderEncoding;
import io.zoetrope.events.RenderPreset;
import io.zoetrope.events.RenderRequested;
import io.zoetrope.events.RenderStyle;
import io.zoetrope.events.SegmentRequested;
import io.zoetrope.events.SplitOptions;
import io.zoetrope.media.VideoCutter;
import io.zoetrope.schemas.registry.SchemaCatalogue;
import io.zoetrope.schemas.serdes.EventSerdes;
import io.zoetrope.store.FileMediaStore;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SegmentRequestsTest {
  private static final int SIZE = GreyVideo.SIZE;
  private static final int FRAMES = 500;
  private static final RenderRequested RENDER =
      new RenderRequested(
          "video",
          "render",
          "run",
          "file:/original.mp4",
          new SplitOptions(-1, 0, 1, null, false),
          new RenderStyle(
              List.of(),
              0f,
              ColourBy.LABEL,
              true,
              true,
              0L,
              Concealment.NOTHING,
              List.of(),
              List.of()),
          new RenderEncoding(RenderCodec.H264, RenderPreset.FAST, true, null),
          1);

  @TempDir private static Path folder;
  private static Path video;

  @BeforeAll
  static void makeVideo() throws IOException {
    video = GreyVideo.write(folder.resolve("original.mp4"), FRAMES);
  }

  @Test
  void shouldAskForEveryFrameOnceWithWhatIsDrawnOnIt() throws IOException {
    List<SegmentRequested> segments = segments();

    assertThat(segments)
        .extracting(segment -> segment.getBatch().getSequence())
        .containsExactlyElementsOf(IntStream.range(0, segments.size()).boxed().toList());
    assertThat(segments.size()).isBetween(3, 8);
    assertThat(segments.stream().flatMap(segment -> segment.getFrames().stream()))
        .extracting(AnnotatedFrame::getFrame)
        .containsExactlyElementsOf(LongStream.range(0, FRAMES).boxed().toList());
    assertThat(segments.stream().flatMap(segment -> segment.getFrames().stream()))
        .allSatisfy(frame -> assertThat(frame.getObjects()).hasSize(1));
    assertThat(segments)
        .allSatisfy(
            segment -> {
              assertThat(segment.getRevision()).isEqualTo(3);
              assertThat(segment.getLabels()).containsExactly("", "circle");
              assertThat(segment.getBatch().getRuns()).isEmpty();
            });
  }

  @Test
  void shouldSayWhenTheSegmentThatFollowsBegins() throws IOException {
    List<SegmentRequested> segments = segments();

    for (int i = 1; i < segments.size(); i++) {
      assertThat(segments.get(i - 1).getEnd())
          .isEqualTo(segments.get(i).getStarts().get(0))
          .isEqualTo(firstPts(segments.get(i)));
    }
    assertThat(segments.stream().flatMap(segment -> segment.getStarts().stream()))
        .containsExactlyElementsOf(
            LongStream.range(0, FRAMES).map(frame -> frame * ticks(segments)).boxed().toList());
    assertThat(segments.get(segments.size() - 1).getEnd()).isEqualTo(FRAMES * ticks(segments));
  }

  @Test
  void shouldAskForTheSameEachTime() throws IOException {
    assertThat(segments()).isEqualTo(segments());
  }

  /** How long a frame is shown. */
  private static long ticks(List<SegmentRequested> segments) {
    return segments.get(0).getStarts().get(1);
  }

  private static long firstPts(SegmentRequested segment) {
    return ((InlinePackets) segment.getBatch().getPackets())
        .getPackets().stream()
            .filter(packet -> packet.getFrame() == 0)
            .findFirst()
            .orElseThrow()
            .getPts();
  }

  private static List<SegmentRequested> segments() throws IOException {
    PacketReferences references =
        new PacketReferences(
            FileMediaStore.open(folder.resolve("store"), List.of()),
            new EventSerdes(new SchemaCatalogue()).packetObjects());
    List<RunFrame> frames =
        LongStream.range(0, FRAMES).mapToObj(SegmentRequestsTest::frame).toList();
    try (FileChannel original = FileChannel.open(video);
        VideoCutter cutter =
            VideoCutter.open(
                original, "The file", FrameBatchEvents.of(SegmentRequests.split(RENDER)))) {
      SegmentRequests requests =
          new SegmentRequests(
              RENDER,
              3,
              cutter,
              new DetectedFrames(cursor -> new FramePage(frames, null), List.of()),
              references);
      List<SegmentRequested> segments = new ArrayList<>();
      requests.forEachRemaining(segments::add);
      return segments;
    }
  }

  private static RunFrame frame(long index) {
    return new RunFrame(
        index,
        OptionalLong.of(index * 40_000),
        FrameStatus.PROCESSED,
        Optional.empty(),
        SIZE,
        SIZE,
        List.of(new RunObject("circle", 1, 0.5f, 1, 2, 30, 40)));
  }
}
