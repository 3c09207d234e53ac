package io.zoetrope.assembler.segments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zoetrope.assembler.segments.TestRender.Shown;
import io.zoetrope.batches.BatchException;
import io.zoetrope.events.Concealment;
import io.zoetrope.events.FrameStatus;
import io.zoetrope.events.InlinePackets;
import io.zoetrope.events.MarkedFrames;
import io.zoetrope.events.Packet;
import io.zoetrope.events.RenderStyle;
import io.zoetrope.events.SegmentRequested;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SegmentRendererTest {
  /** By so much a compressed picture's luma may differ from what was drawn. */
  private static final int NOISE = 24;

  @TempDir private Path folder;

  @Test
  void shouldDrawTheBoxesOfEachFrameOnThatFrame() throws IOException {
    Path video = new MovingSquare(100, 20).write(folder.resolve("video.mp4"));
    List<SegmentRequested> plan = TestRender.plan(video, 20, TestRender.style());
    assertThat(plan).hasSize(5);

    TestRender.render(plan, folder.resolve("segments"));
    TestRender.join(plan, folder.resolve("segments"), folder.resolve("annotated.mp4"));

    List<Shown> pictures = TestRender.pictures(folder.resolve("annotated.mp4"));
    List<Shown> originals = TestRender.pictures(video);
    assertThat(pictures).hasSize(100);
    for (int frame = 0; frame < 100; frame++) {
      int left = MovingSquare.left(frame);
      int middle = MovingSquare.TOP + MovingSquare.SIDE / 2;
      Shown picture = pictures.get(frame);
      Shown original = originals.get(frame);
      // The box's edges lie on those of the square, which is white inside and grey around
      assertThat(differs(picture, original, left, middle)).as("left edge " + frame).isTrue();
      assertThat(differs(picture, original, left + MovingSquare.SIDE - 1, middle))
          .as("right edge " + frame)
          .isTrue();
      assertThat(differs(picture, original, left + MovingSquare.SIDE / 2, middle))
          .as("inside " + frame)
          .isFalse();
      assertThat(differs(picture, original, (left + 160) % 320, 20)).as("far " + frame).isFalse();
    }
  }

  @Test
  void shouldShowEachFrameWhenTheSourceDoes() throws IOException {
    Path video = new MovingSquare(100, 20).write(folder.resolve("video.mp4"));
    List<SegmentRequested> plan = TestRender.plan(video, 20, TestRender.style());

    List<Rendered> rendered = TestRender.render(plan, folder.resolve("segments"));
    TestRender.join(plan, folder.resolve("segments"), folder.resolve("annotated.mp4"));

    assertThat(rendered)
        .containsExactlyElementsOf(
            LongStream.range(0, 5)
                .mapToObj(
                    i ->
                        new Rendered(
                            20 * i,
                            20,
                            rendered.get((int) i).sizeBytes(),
                            rendered.get(0).headerBytes(),
                            MovingSquare.micros(20 * i + 20) - MovingSquare.micros(20 * i),
                            List.of()))
                .toList());
    assertThat(TestRender.pictures(folder.resolve("annotated.mp4")))
        .extracting(Shown::micros)
        .containsExactlyElementsOf(
            LongStream.range(0, 100).map(MovingSquare::micros).boxed().toList());
  }

  @Test
  void shouldMakeTheSameBytesWhoeverMakesThemInWhateverOrder() throws IOException {
    // Given a decode chain, in which a decoder has to be brought to where a segment starts
    Path video = new MovingSquare(420, 1_000).write(folder.resolve("video.mp4"));
    RenderStyle style = TestRender.style();
    style.setCaptions(true);
    style.setTrailMicros(1_000_000);
    List<SegmentRequested> plan = TestRender.plan(video, 100, style);
    assertThat(plan).hasSize(4);
    assertThat(plan.get(3).getBatch().getChain().getHead()).isEqualTo(2);

    TestRender.render(plan, folder.resolve("one"));
    List<SegmentRequested> reversed = new ArrayList<>(plan);
    Collections.reverse(reversed);
    TestRender.render(reversed, folder.resolve("reversed"));
    for (SegmentRequested request : plan) {
      TestRender.render(List.of(request), folder.resolve("alone"));
    }

    for (SegmentRequested request : plan) {
      assertThat(TestRender.file(folder.resolve("one"), request))
          .hasSameBinaryContentAs(TestRender.file(folder.resolve("reversed"), request))
          .hasSameBinaryContentAs(TestRender.file(folder.resolve("alone"), request));
    }
    TestRender.join(plan, folder.resolve("one"), folder.resolve("annotated.mp4"));
    assertThat(TestRender.pictures(folder.resolve("annotated.mp4"))).hasSize(420);
  }

  @Test
  void shouldMarkFramesThatWereNotDetectedIn() throws IOException {
    Path video = new MovingSquare(40, 20).write(folder.resolve("video.mp4"));
    List<SegmentRequested> plan =
        TestRender.plan(
            video,
            20,
            TestRender.style(),
            (frame, micros, stream) ->
                frame == 25
                    ? MovingSquare.ended(frame, FrameStatus.FAILED, "BATCH_LOST")
                    : MovingSquare.found(frame));

    List<Rendered> rendered = TestRender.render(plan, folder.resolve("segments"));
    TestRender.join(plan, folder.resolve("segments"), folder.resolve("annotated.mp4"));

    assertThat(rendered)
        .extracting(Rendered::failedFrames)
        .containsExactly(List.of(), List.of(new MarkedFrames(25L, 25L, "BATCH_LOST")));
    List<Shown> pictures = TestRender.pictures(folder.resolve("annotated.mp4"));
    List<Shown> originals = TestRender.pictures(video);
    // The frame's own picture, beneath a mark
    assertThat(changed(pictures.get(25), originals.get(25))).isGreaterThan(500);
    assertThat(showsSquare(pictures.get(25), 25)).isTrue();
    assertThat(pictures).extracting(Shown::micros).hasSize(40).contains(MovingSquare.micros(25));
  }

  @Test
  void shouldShowThePictureBeforeWhereOneCannotBeDecoded() throws IOException {
    Path video = new MovingSquare(40, 20).write(folder.resolve("video.mp4"));
    List<SegmentRequested> plan = TestRender.plan(video, 20, TestRender.style());
    breakFrames(plan.get(1), 5, 20);

    List<Rendered> rendered = TestRender.render(plan, folder.resolve("segments"));
    TestRender.join(plan, folder.resolve("segments"), folder.resolve("annotated.mp4"));

    assertThat(rendered.get(1).frames()).isEqualTo(20);
    assertThat(rendered.get(1).failedFrames())
        .containsExactly(new MarkedFrames(25L, 39L, "FRAME_UNDECODABLE"));
    List<Shown> pictures = TestRender.pictures(folder.resolve("annotated.mp4"));
    assertThat(pictures)
        .extracting(Shown::micros)
        .containsExactlyElementsOf(
            LongStream.range(0, 40).map(MovingSquare::micros).boxed().toList());
    assertThat(changed(pictures.get(39), TestRender.pictures(video).get(24))).isGreaterThan(500);
    assertThat(showsSquare(pictures.get(39), 24)).isTrue();
  }

  @Test
  void shouldShowGreyWhereThereIsNoPictureBefore() throws IOException {
    Path video = new MovingSquare(20, 20).write(folder.resolve("video.mp4"));
    List<SegmentRequested> plan = TestRender.plan(video, 20, TestRender.style());
    breakFrames(plan.get(0), 0, 20);

    List<Rendered> rendered = TestRender.render(plan, folder.resolve("segments"));
    TestRender.join(plan, folder.resolve("segments"), folder.resolve("annotated.mp4"));

    assertThat(rendered.get(0).failedFrames())
        .containsExactly(new MarkedFrames(0L, 19L, "FRAME_UNDECODABLE"));
    Shown first = TestRender.pictures(folder.resolve("annotated.mp4")).get(0);
    assertThat(showsSquare(first, 0)).isFalse();
  }

  @Test
  void shouldShowNothingForFramesThatAreHidden() throws IOException {
    Path video = new MovingSquare(40, 20).write(folder.resolve("video.mp4"));
    List<SegmentRequested> plan =
        TestRender.plan(
            video,
            20,
            TestRender.style(),
            (frame, micros, stream) ->
                frame == 7 || frame >= 38
                    ? MovingSquare.ended(frame, FrameStatus.HIDDEN, null)
                    : MovingSquare.found(frame));

    List<Rendered> rendered = TestRender.render(plan, folder.resolve("segments"));

    assertThat(rendered).extracting(Rendered::frames).containsExactly(19, 18);
    assertThat(rendered).extracting(Rendered::failedFrames).containsExactly(List.of(), List.of());
    // Their time goes to those before them
    assertThat(rendered.get(1).durationMicros())
        .isEqualTo(MovingSquare.micros(40) - MovingSquare.micros(20));
  }

  @Test
  void shouldWriteNothingWhereNothingIsShown() throws IOException {
    Path video = new MovingSquare(20, 20).write(folder.resolve("video.mp4"));
    List<SegmentRequested> plan =
        TestRender.plan(
            video,
            20,
            TestRender.style(),
            (frame, micros, stream) -> MovingSquare.ended(frame, FrameStatus.HIDDEN, null));

    List<Rendered> rendered = TestRender.render(plan, folder.resolve("segments"));

    assertThat(rendered).containsExactly(new Rendered(0, 0, 0, 0, 0, List.of()));
    assertThat(folder.resolve("segments")).isEmptyDirectory();
  }

  @Test
  void shouldLeaveNothingOfConcealedObjectsInFramesThatWereNotDetectedIn() throws IOException {
    Path video = new MovingSquare(20, 20).write(folder.resolve("video.mp4"));
    RenderStyle style = TestRender.style();
    style.setConceal(Concealment.PIXELATE);
    List<SegmentRequested> plan =
        TestRender.plan(
            video,
            20,
            style,
            (frame, micros, stream) ->
                frame == 10
                    ? MovingSquare.ended(frame, FrameStatus.FAILED, "BATCH_LOST")
                    : MovingSquare.found(frame));

    TestRender.render(plan, folder.resolve("segments"));
    TestRender.join(plan, folder.resolve("segments"), folder.resolve("annotated.mp4"));

    Shown shown = TestRender.pictures(folder.resolve("annotated.mp4")).get(10);
    Shown original = TestRender.pictures(video).get(10);
    int left = MovingSquare.left(10);
    long sharp = 0;
    for (int y = MovingSquare.TOP + 4; y < MovingSquare.TOP + MovingSquare.SIDE - 4; y++) {
      boolean wasSharp = Math.abs(original.at(left - 2, y) - original.at(left + 2, y)) > 100;
      boolean isSharp = Math.abs(shown.at(left - 2, y) - shown.at(left + 2, y)) > 100;
      sharp += wasSharp && isSharp ? 1 : 0;
    }
    assertThat(sharp).isZero();
  }

  @Test
  void shouldRefuseARequestThatIsNotWhole() throws IOException {
    Path video = new MovingSquare(20, 20).write(folder.resolve("video.mp4"));
    SegmentRequested request = TestRender.plan(video, 20, TestRender.style()).get(0);
    request.setFrames(request.getFrames().subList(0, 19));

    try (SegmentRenderer renderer = TestRender.renderer()) {
      assertThatThrownBy(() -> renderer.render(request, folder.resolve("s.mp4"), () -> false))
          .isInstanceOf(BatchException.class)
          .hasMessage("It doesn't tell what is on frame 0.")
          .extracting(e -> ((BatchException) e).code())
          .isEqualTo("SEGMENT_INVALID");
    }
    assertThat(folder.resolve("s.mp4")).doesNotExist();
  }

  @Test
  void shouldRefuseTimesThatDoNotGoForward() throws IOException {
    Path video = new MovingSquare(20, 20).write(folder.resolve("video.mp4"));
    SegmentRequested request = TestRender.plan(video, 20, TestRender.style()).get(0);
    request.setEnd(request.getStarts().get(19));

    try (SegmentRenderer renderer = TestRender.renderer()) {
      assertThatThrownBy(() -> renderer.render(request, folder.resolve("s.mp4"), () -> false))
          .isInstanceOf(BatchException.class)
          .hasMessage("It doesn't tell when each frame is shown, one after the other.")
          .extracting(e -> ((BatchException) e).code())
          .isEqualTo("SEGMENT_INVALID");
    }
  }

  @Test
  void shouldLeaveNoFileWhereItIsAbandoned() throws IOException {
    Path video = new MovingSquare(20, 20).write(folder.resolve("video.mp4"));
    SegmentRequested request = TestRender.plan(video, 20, TestRender.style()).get(0);
    int[] asked = {0};

    try (SegmentRenderer renderer = TestRender.renderer()) {
      assertThatThrownBy(
              () -> renderer.render(request, folder.resolve("s.mp4"), () -> ++asked[0] > 10))
          .isInstanceOf(CancellationException.class);
      assertThat(folder.resolve("s.mp4")).doesNotExist();
      // And the next segment is as if nothing had happened
      assertThat(renderer.render(request, folder.resolve("s.mp4"), () -> false).frames())
          .isEqualTo(20);
    }
  }

  @Test
  void shouldSayWhereTheFileCannotBeWritten() throws IOException {
    Path video = new MovingSquare(20, 20).write(folder.resolve("video.mp4"));
    SegmentRequested request = TestRender.plan(video, 20, TestRender.style()).get(0);

    try (SegmentRenderer renderer = TestRender.renderer()) {
      assertThatThrownBy(() -> renderer.render(request, folder.resolve("none/s.mp4"), () -> false))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("none/s.mp4");
    }
  }

  /** Makes packets unreadable, by the ordinals of their frames. */
  private static void breakFrames(SegmentRequested request, int from, int to) {
    for (Packet packet : ((InlinePackets) request.getBatch().getPackets()).getPackets()) {
      if (packet.getFrame() >= from && packet.getFrame() < to) {
        packet.setData(ByteBuffer.wrap(new byte[] {0, 0, 0, 4, 1, 2, 3, 4}));
      }
    }
  }

  /** Whether the white square can be made out, though something is drawn over all. */
  private static boolean showsSquare(Shown picture, long frame) {
    int left = MovingSquare.left(frame);
    int beside = left + 100;
    return mean(picture, left + 4) - mean(picture, beside) > 40;
  }

  private static double mean(Shown picture, int left) {
    int side = MovingSquare.SIDE - 8;
    double sum = 0;
    for (int y = 0; y < side; y++) {
      for (int x = 0; x < side; x++) {
        sum += picture.at(left + x, MovingSquare.TOP + 4 + y);
      }
    }
    return sum / (side * side);
  }

  private static boolean differs(Shown picture, Shown original, int x, int y) {
    return Math.abs(picture.at(x, y) - original.at(x, y)) > NOISE;
  }

  private static int changed(Shown picture, Shown original) {
    int changed = 0;
    for (int i = 0; i < picture.luma().capacity(); i++) {
      int difference = (picture.luma().get(i) & 0xff) - (original.luma().get(i) & 0xff);
      changed += Math.abs(difference) > NOISE ? 1 : 0;
    }
    return changed;
  }
}
