package io.zoetrope.assembler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zoetrope.assembler.RenderLedger.FailedFrames;
import io.zoetrope.assembler.RenderLedger.Failure;
import io.zoetrope.assembler.RenderLedger.LedgerUnavailableException;
import io.zoetrope.assembler.RenderLedger.RunState;
import io.zoetrope.assembler.annotation.RunFrame;
import io.zoetrope.events.MarkedFrames;
import io.zoetrope.events.RenderCompleted;
import io.zoetrope.events.RenderEvent;
import io.zoetrope.events.RenderFailed;
import io.zoetrope.events.RenderPlanned;
import io.zoetrope.events.RenderRequested;
import io.zoetrope.events.SegmentRendered;
import io.zoetrope.events.SegmentRequested;
import io.zoetrope.media.CutOptions;
import io.zoetrope.media.PacketBatch;
import io.zoetrope.media.VideoCutter;
import io.zoetrope.media.VideoPacket;
import io.zoetrope.schemas.Topics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.kafka.common.serialization.Deserializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class RenderPlannerTest {
  private static final int FRAMES = 300;
  private static final int TICKS = 3_600;

  @TempDir private static Path media;
  private static Path video;

  @TempDir private Path folder;
  private RenderRig rig;
  private RenderRequested render;

  @BeforeAll
  static void makeVideo() throws IOException {
    video = GreyVideo.write(media.resolve("video.mp4"), FRAMES);
  }

  @BeforeEach
  void open() throws IOException {
    Files.copy(video, folder.resolve("video.mp4"));
    rig = new RenderRig(folder);
    rig.detected(FRAMES);
    render = rig.request("video.mp4");
  }

  @AfterEach
  void close() {
    rig.close();
  }

  @Test
  void shouldHaveEachSegmentMadeAndJoinThem() throws IOException {
    rig.plan(render);

    RenderCompleted completed = (RenderCompleted) rig.state();
    List<SegmentRequested> asked = rig.asked();
    assertThat(asked)
        .extracting(segment -> segment.getBatch().getSequence())
        .containsExactlyElementsOf(IntStream.range(0, asked.size()).boxed().toList());
    assertThat(completed.getSegments()).isEqualTo(asked.size());
    assertThat(completed.getFrames()).isEqualTo(FRAMES);
    assertThat(completed.getDurationMicros()).isEqualTo(FRAMES * 40_000);
    assertThat(completed.getFailedFrames()).isZero();
    assertThat(completed.getNotes()).isEmpty();
    assertThat(times(completed.getLocation())).isEqualTo(times(video));
    assertThat(rig.workFolder).isEmptyDirectory();
    // Everybody can watch from the beginning on, and knows at last how much there is
    assertThat(told())
        .filteredOn(RenderPlanned.class::isInstance)
        .containsExactly(
            new RenderPlanned(null, null, null),
            new RenderPlanned(asked.size(), (long) FRAMES, null));
    assertThat(rig.registry.counter("zoetrope.assembler.renders", "result", "completed").count())
        .isEqualTo(1);
  }

  @Test
  void shouldBeginOnceTheRunHasEndedAndEverybodyKnowsOfTheRender() {
    rig.ledger.run(Optional.empty());
    assertThat(rig.planner.isDue(render)).isEmpty();
    rig.ledger.run(Optional.of(new RunState(false, 0, Optional.empty(), List.of())));
    assertThat(rig.planner.isDue(render)).contains(false);
    rig.ledger.run(Optional.of(new RunState(true, 1, Optional.empty(), List.of())));
    rig.ledger.wanted(false);
    assertThat(rig.planner.isDue(render)).contains(false);
    rig.ledger.wanted(true);
    assertThat(rig.planner.isDue(render)).contains(true);
  }

  @Test
  void shouldGoOnWithWhatIsThereAndEndWithTheSameBytes() throws IOException {
    // Given one that a planner was interrupted at when a segment was there
    AtomicInteger answers = new AtomicInteger();
    rig.ledger.meanwhile(
        () -> {
          if (answers.incrementAndGet() == 3) {
            rig.maker.make(rig.asked().get(0), () -> false);
          }
        });
    assertThatThrownBy(() -> rig.planner.plan(render, () -> answers.get() > 3))
        .isInstanceOf(CancellationException.class);
    int askedBefore = rig.asked().size();

    rig.plan(render);

    assertThat(rig.asked().subList(askedBefore, rig.asked().size()))
        .extracting(segment -> segment.getBatch().getSequence())
        .doesNotContain(0)
        .doesNotHaveDuplicates();
    assertThat(((RenderCompleted) rig.state()).getSha256()).isEqualTo(undisturbed());
  }

  @Test
  void shouldMakeSegmentsAgainThatAreGone() throws IOException {
    rig.plan(render);
    String location = ((RenderCompleted) rig.state()).getLocation();
    rig.publisher.forgetFailure(RenderRig.VIDEO, RenderRig.RENDER);
    Files.delete(Path.of(URI.create(segment(1).getLocation())));
    int askedBefore = rig.asked().size();

    rig.plan(render);

    assertThat(rig.asked().subList(askedBefore, rig.asked().size()))
        .extracting(segment -> segment.getBatch().getSequence())
        .containsExactly(1);
    assertThat(((RenderCompleted) rig.state()).getLocation()).isEqualTo(location);
  }

  @Test
  void shouldTryAgainWhereASegmentGoesBeforeItIsJoined() throws IOException {
    rig.ledger.meanwhile(
        () -> {
          rig.makeAll();
          if (!rig.asked().isEmpty()) {
            rig.files.forget(RenderRig.VIDEO, RenderRig.RENDER);
          }
        });

    assertThatThrownBy(() -> rig.planner.plan(render, () -> false))
        .isInstanceOf(LedgerUnavailableException.class)
        .hasMessage("a segment is gone, and is made again");
    rig.plan(render);

    assertThat(((RenderCompleted) rig.state()).getFrames()).isEqualTo(FRAMES);
  }

  @Test
  void shouldNotMakeAgainWhatIsComplete() {
    rig.plan(render);
    int published = rig.producer.history().size();

    rig.plan(render);

    assertThat(rig.producer.history()).hasSize(published);
  }

  @Test
  void shouldMakeItAnewWhereTheRunHasChangedSince() {
    rig.plan(render);
    rig.ledger.run(Optional.of(new RunState(true, 2, Optional.empty(), List.of())));
    rig.detected(0);

    rig.plan(render);

    assertThat(rig.event(RenderRig.VIDEO + "/" + RenderRig.RENDER).getRevision()).isEqualTo(2);
    assertThat(((RenderCompleted) rig.state()).getFailedFrames()).isEqualTo(FRAMES);
  }

  @Test
  void shouldTryAgainWhatFailedBefore() {
    rig.publisher.tellFailure(
        RenderRig.VIDEO, RenderRig.RENDER, 1, new RenderException("STORE_UNWRITABLE", "Full."));

    rig.plan(render);

    assertThat(rig.state()).isInstanceOf(RenderCompleted.class);
  }

  @Test
  void shouldStopWhereASegmentCannotBeMade() {
    rig.ledger.meanwhile(
        () -> {
          if (!rig.asked().isEmpty()) {
            rig.maker.fail(rig.asked().get(0), new RenderException("SEGMENT_CRASHED", "It died."));
          }
        });

    rig.planner.plan(render, () -> false);

    assertThat(rig.state()).isEqualTo(new RenderFailed("SEGMENT_CRASHED", "It died."));
  }

  @Test
  void shouldNameTheFramesThatFailedAndWhy() {
    List<RunFrame> found =
        new ArrayList<>(LongStream.range(0, FRAMES).mapToObj(RenderRig::frame).toList());
    found.subList(20, 30).clear();
    rig.ledger.frames(found);
    rig.ledger.run(
        Optional.of(
            new RunState(
                true,
                1,
                Optional.empty(),
                List.of(
                    new FailedFrames(20, 24, "FRAME_UNDECODABLE"),
                    new FailedFrames(25, 29, "BATCH_LOST")))));

    rig.plan(render);

    RenderCompleted completed = (RenderCompleted) rig.state();
    assertThat(completed.getFailedFrames()).isEqualTo(10);
    assertThat(completed.getFrames()).isEqualTo(FRAMES);
    assertThat(segment(0).getFailedFrames())
        .containsExactly(
            new MarkedFrames(20L, 24L, "FRAME_UNDECODABLE"),
            new MarkedFrames(25L, 29L, "BATCH_LOST"));
  }

  @Test
  void shouldSayThatTheOriginalIsGone() throws IOException {
    Files.delete(folder.resolve("video.mp4"));

    rig.plan(render);

    assertThat(((RenderFailed) rig.state()).getCode()).isEqualTo("LOCATION_NOT_FOUND");
    assertThat(rig.asked()).isEmpty();
  }

  @Test
  void shouldSayThatTheOriginalWentMeanwhile() throws IOException {
    rig.ledger.meanwhile(
        () -> {
          rig.makeAll();
          try {
            Files.deleteIfExists(folder.resolve("video.mp4"));
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });

    rig.planner.plan(render, () -> false);

    assertThat(((RenderFailed) rig.state()).getCode()).isEqualTo("LOCATION_NOT_FOUND");
    assertThat(rig.workFolder).isEmptyDirectory();
  }

  @Test
  void shouldSayWhatTheRunWasRejectedFor() {
    rig.ledger.run(
        Optional.of(
            new RunState(true, 1, Optional.of(new Failure("MEDIA_NO_VIDEO", "None.")), List.of())));

    rig.plan(render);

    assertThat(rig.state()).isEqualTo(new RenderFailed("MEDIA_NO_VIDEO", "None."));
  }

  @Test
  void shouldNeverAskForManySegmentsAheadOfThoseThatAreThere() throws IOException {
    int frames = 5_000;
    GreyVideo.write(folder.resolve("long.mp4"), frames);
    rig.detected(frames);
    List<Integer> ahead = new ArrayList<>();
    rig.ledger.meanwhile(
        () -> {
          long made =
              rig.ledger.events().values().stream()
                  .filter(event -> event.getState() instanceof SegmentRendered)
                  .count();
          ahead.add((int) (rig.asked().size() - made));
          rig.makeAll();
        });

    rig.planner.plan(rig.request("long.mp4"), () -> false);

    assertThat(((RenderCompleted) rig.state()).getFrames()).isEqualTo(frames);
    assertThat(ahead.stream().max(Comparator.naturalOrder())).contains(32);
  }

  @Test
  void shouldGoOnInTimeWhereRecordingsWerePutTogether() throws IOException {
    Path one = GreyVideo.write(folder.resolve("one.mp4"), 130);
    Path other = GreyVideo.write(folder.resolve("other.mp4"), 70);
    GreyVideo.writeRecordings(folder.resolve("joined.ts"), List.of(one, other, other, one));
    rig.detected(400);

    rig.plan(rig.request("joined.ts"));

    RenderCompleted completed = (RenderCompleted) rig.state();
    assertThat(completed.getFrames()).isEqualTo(400);
    assertThat(times(completed.getLocation()))
        .containsExactlyElementsOf(
            LongStream.range(0, 400).map(frame -> frame * TICKS).boxed().toList());
  }

  @Test
  void shouldGoOnInTimeWhereADecodeChainJumpsBack() throws IOException {
    Path one = GreyVideo.write(folder.resolve("one.mp4"), 600, 1_000);
    Path other = GreyVideo.write(folder.resolve("other.mp4"), 300, 1_000);
    GreyVideo.writeRecordings(folder.resolve("joined.ts"), List.of(one, other));
    rig.detected(900);

    rig.plan(rig.request("joined.ts"));

    assertThat(rig.asked()).anyMatch(segment -> segment.getBatch().getChain() != null);
    RenderCompleted completed = (RenderCompleted) rig.state();
    assertThat(completed.getFrames()).isEqualTo(900);
    assertThat(completed.getFailedFrames()).isZero();
    assertThat(times(completed.getLocation()))
        .containsExactlyElementsOf(
            LongStream.range(0, 900).map(frame -> frame * TICKS).boxed().toList());
  }

  /** The digest of what somebody else makes of the same. */
  private String undisturbed() throws IOException {
    Path other = Files.createDirectory(folder.resolve("other"));
    Files.copy(video, other.resolve("video.mp4"));
    try (RenderRig undisturbed = new RenderRig(other)) {
      undisturbed.detected(FRAMES);
      undisturbed.plan(undisturbed.request("video.mp4"));
      return ((RenderCompleted) undisturbed.state()).getSha256();
    }
  }

  private SegmentRendered segment(int sequence) {
    String key = "%s/%s/%08d".formatted(RenderRig.VIDEO, RenderRig.RENDER, sequence);
    return (SegmentRendered) rig.event(key).getState();
  }

  private Stream<Object> told() {
    Deserializer<RenderEvent> reader = rig.serdes.deserializer(Topics.RENDER_EVENTS);
    return rig.records(Topics.RENDER_EVENTS.name()).stream()
        .filter(record -> record.value() != null)
        .map(record -> reader.deserialize(record.topic(), record.value()).getState());
  }

  private static List<Long> times(String location) throws IOException {
    return times(Path.of(URI.create(location)));
  }

  /** When a video's frames are shown, in ticks of its time base. */
  private static List<Long> times(Path file) throws IOException {
    List<Long> times = new ArrayList<>();
    try (SeekableByteChannel channel = Files.newByteChannel(file);
        VideoCutter cutter = VideoCutter.open(channel, "The video", CutOptions.DEFAULT)) {
      while (cutter.hasNext()) {
        PacketBatch batch = cutter.next();
        batch
            .allPackets()
            .filter(VideoPacket::emit)
            .sorted(Comparator.comparingInt(VideoPacket::frame))
            .forEach(packet -> times.add(packet.pts()));
      }
    }
    return times;
  }
}
