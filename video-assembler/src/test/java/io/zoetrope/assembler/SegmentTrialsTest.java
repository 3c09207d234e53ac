package io.zoetrope.assembler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zoetrope.assembler.segments.Rendered;
import io.zoetrope.assembler.segments.SegmentRenderer;
import io.zoetrope.batches.BatchReferences;
import io.zoetrope.events.FrameStatus;
import io.zoetrope.events.MarkedFrames;
import io.zoetrope.events.SegmentRendered;
import io.zoetrope.events.SegmentRequested;
import io.zoetrope.isolation.TrialChild;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class SegmentTrialsTest {
  private static final int FRAMES = 60;

  @TempDir private Path folder;
  private RenderRig rig;
  private BatchReferences references;
  private SegmentRequested segment;
  private Path file;

  /** Dies of every segment that it is to decode. */
  static final class DiesOfPictures {
    public static void main(String[] arguments) throws IOException {
      TrialChild.run(
          (request, original) -> {
            if (request.getInt(0) == 0) {
              abort();
            }
            return SegmentTrial.make(request, original);
          });
    }
  }

  /** Dies of every segment. */
  static final class DiesOfAll {
    public static void main(String[] arguments) throws IOException {
      TrialChild.serve((request, original) -> abort());
    }
  }

  private static void abort() throws IOException, InterruptedException {
    String pid = Long.toString(ProcessHandle.current().pid());
    new ProcessBuilder("kill", "-ABRT", pid).start().waitFor();
    new CountDownLatch(1).await();
  }

  @BeforeEach
  void ask() throws IOException {
    GreyVideo.write(folder.resolve("video.mp4"), FRAMES);
    rig = new RenderRig(folder);
    rig.detected(FRAMES);
    assertThatThrownBy(
            () -> rig.planner.plan(rig.request("video.mp4"), () -> !rig.asked().isEmpty()))
        .isInstanceOf(CancellationException.class);
    references = new BatchReferences(rig.store, rig.serdes.packetObjects());
    segment = rig.asked().get(0);
    segment.setBatch(references.resolve(segment.getBatch()));
    file = folder.resolve("segment.mp4");
  }

  @AfterEach
  void close() {
    rig.close();
  }

  @Test
  void shouldMakeTheSameAsAnybodyElse() throws IOException {
    Path other = folder.resolve("other.mp4");
    Rendered expected;
    try (SegmentRenderer renderer = new SegmentRenderer(references::original)) {
      expected = renderer.render(segment, other, () -> false);
    }

    Optional<SegmentRendered> made = make(SegmentTrial.class);

    assertThat(made).contains(expected.event(0));
    assertThat(file).hasSameBinaryContentAs(other);
  }

  @Test
  void shouldMarkAndNameTheFramesThatAChildDiesOf() {
    segment.getFrames().get(0).setStatus(FrameStatus.FAILED);
    segment.getFrames().get(0).setFailure("DECODER_CRASHED");
    assertThat(SegmentTrials.isDangerous(segment)).isTrue();

    SegmentRendered made = make(DiesOfPictures.class).orElseThrow();

    assertThat(made.getFrames()).isEqualTo(FRAMES);
    assertThat(made.getFailedFrames())
        .containsExactly(
            new MarkedFrames(0L, 0L, "DECODER_CRASHED"),
            new MarkedFrames(1L, FRAMES - 1L, "SEGMENT_CRASHED"));
    assertThat(file).hasSize(made.getSizeBytes());
  }

  @Test
  void shouldFailWhatAChildDiesOfEvenWhenItOnlyMarks() {
    assertThatExceptionOfType(RenderException.class)
        .isThrownBy(() -> make(DiesOfAll.class))
        .withMessage(
            "The pictures of frames 0 to 59 can't be made: a process that makes them died of SIGABRT; convert the video.")
        .extracting(RenderException::code)
        .isEqualTo("SEGMENT_CRASHED");
  }

  @Test
  void shouldLeaveToOthersWhatAChildCannotMakeAndSurvives() {
    segment.setEnd(0);

    assertThat(make(SegmentTrial.class)).isEmpty();
    assertThat(file).doesNotExist();
  }

  @Test
  void shouldLeaveToOthersWhatNoChildIsToBeHadFor() {
    assertThat(make(String.class)).isEmpty();
  }

  @Test
  void shouldCallNothingDangerousThatDetectorsSurvived() {
    assertThat(SegmentTrials.isDangerous(segment)).isFalse();
    segment.getFrames().get(0).setFailure("FRAME_UNDECODABLE");
    assertThat(SegmentTrials.isDangerous(segment)).isFalse();
  }

  @Test
  void shouldGiveUpWhatIsAbandoned() {
    try (SegmentTrials trials = new SegmentTrials(references, SegmentTrial.class)) {
      assertThatThrownBy(() -> trials.make(segment, file, () -> true))
          .isInstanceOf(CancellationException.class);
    }
    assertThat(Files.exists(file)).isFalse();
  }

  private Optional<SegmentRendered> make(Class<?> child) {
    try (SegmentTrials trials = new SegmentTrials(references, child)) {
      return trials.make(segment, file, () -> false);
    }
  }
}
