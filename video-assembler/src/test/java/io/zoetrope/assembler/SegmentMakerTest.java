package io.zoetrope.assembler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zoetrope.events.RenderEvent;
import io.zoetrope.events.RenderFailed;
import io.zoetrope.events.RenderPlanned;
import io.zoetrope.events.SegmentRendered;
import io.zoetrope.events.SegmentRequested;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class SegmentMakerTest {
  private static final String RENDER = RenderRig.VIDEO + "/" + RenderRig.RENDER;
  private static final String SEGMENT = RENDER + "/00000000";

  @TempDir private Path folder;
  private RenderRig rig;
  private SegmentRequested segment;

  @BeforeEach
  void ask() throws IOException {
    GreyVideo.write(folder.resolve("video.mp4"), 60);
    rig = new RenderRig(folder);
    rig.detected(60);
    assertThatThrownBy(
            () -> rig.planner.plan(rig.request("video.mp4"), () -> !rig.asked().isEmpty()))
        .isInstanceOf(CancellationException.class);
    segment = rig.asked().get(0);
  }

  @AfterEach
  void close() {
    rig.close();
  }

  @Test
  void shouldTellOfASegmentOnceItIsThere() {
    make();

    SegmentRendered made = (SegmentRendered) rig.event(SEGMENT).getState();
    assertThat(made.getFrames()).isEqualTo(60);
    assertThat(made.getFailedFrames()).isEmpty();
    assertThat(Path.of(URI.create(made.getLocation()))).hasSize(made.getSizeBytes());
    assertThat(rig.workFolder).isEmptyDirectory();
    assertThat(count("rendered")).isEqualTo(1);
  }

  @Test
  void shouldLeaveSegmentsAloneOfRendersThatHaveCometoAnEnd() {
    rig.publisher.tellFailure(
        RenderRig.VIDEO, RenderRig.RENDER, 1, new RenderException("SEGMENT_CRASHED", "It died."));

    make();

    assertThat(rig.event(SEGMENT)).isNull();
    assertThat(count("unwanted")).isEqualTo(1);
  }

  @Test
  void shouldLeaveSegmentsAloneThatShowAnEarlierRevision() {
    plan(2);

    make();

    assertThat(rig.event(SEGMENT)).isNull();
  }

  @Test
  void shouldLeaveSegmentsAloneOfRendersThatNobodyWants() {
    rig.ledger.wanted(false);

    make();

    assertThat(rig.event(SEGMENT)).isNull();
    assertThat(rig.storeFolder.resolve("renders")).isEmptyDirectory();
  }

  @Test
  void shouldMakeThemWhereNobodyCanBeAsked() {
    rig.ledger.available(false);

    make();

    assertThat(rig.event(SEGMENT).getState()).isInstanceOf(SegmentRendered.class);
  }

  @Test
  void shouldStoreNothingThatWasWithdrawnMeanwhile() {
    withdrawBeforeAnswer(2);

    make();

    assertThat(rig.event(SEGMENT)).isNull();
    assertThat(rig.storeFolder.resolve("renders")).isEmptyDirectory();
    assertThat(rig.workFolder).isEmptyDirectory();
  }

  @Test
  void shouldTakeBackWhatWasWithdrawnWhileItWasTold() {
    withdrawBeforeAnswer(3);

    make();

    assertThat(rig.event(SEGMENT)).isNull();
    assertThat(rig.records("zoetrope.render-events.v1"))
        .filteredOn(record -> new String(record.key(), StandardCharsets.UTF_8).equals(SEGMENT))
        .hasSize(2);
  }

  @Test
  void shouldSayWhyItCannotBeMade() {
    segment.setEnd(0);

    make();

    assertThat(((RenderFailed) rig.event(RENDER).getState()).getCode())
        .isEqualTo("SEGMENT_INVALID");
    assertThat(count("failed")).isEqualTo(1);
  }

  @Test
  void shouldSayThatTheStoreCannotBeWritten() throws IOException {
    // Given a file where the render's folder should be
    Path renders = rig.storeFolder.resolve("renders");
    Files.write(renders.resolve(RenderRig.VIDEO), new byte[1]);

    make();

    assertThat(((RenderFailed) rig.event(RENDER).getState()).getCode())
        .isEqualTo("STORE_UNWRITABLE");
    assertThat(rig.workFolder).isEmptyDirectory();
    assertThat(rig.storeFolder.resolve("incoming")).isEmptyDirectory();
  }

  @Test
  void shouldSayThatTheWorkFolderCannotBeWritten() throws IOException {
    Files.delete(rig.workFolder);

    make();

    assertThat(((RenderFailed) rig.event(RENDER).getState()).getCode())
        .isEqualTo("WORK_FOLDER_UNWRITABLE");
  }

  @Test
  void shouldSayNothingOfWhatWasGivenUp() {
    assertThatThrownBy(() -> rig.maker.make(segment, () -> true))
        .isInstanceOf(CancellationException.class);

    assertThat(rig.event(SEGMENT)).isNull();
    assertThat(rig.workFolder).isEmptyDirectory();
  }

  private void make() {
    rig.maker.make(segment, () -> false);
  }

  private void plan(int revision) {
    rig.publisher.tell(
        new RenderEvent(
            RenderRig.VIDEO, RenderRig.RENDER, revision, new RenderPlanned(null, null, null)));
  }

  private void withdrawBeforeAnswer(int number) {
    AtomicInteger answers = new AtomicInteger();
    rig.ledger.meanwhile(
        () -> {
          if (answers.incrementAndGet() == number) {
            rig.ledger.wanted(false);
          }
        });
  }

  private double count(String result) {
    return rig.registry.counter("zoetrope.assembler.segments", "result", result).count();
  }
}
