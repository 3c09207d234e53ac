package io.zoetrope.assembler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.zoetrope.assembler.RenderLedger.FailedFrames;
import io.zoetrope.assembler.RenderLedger.FramePage;
import io.zoetrope.assembler.annotation.RunFrame;
import io.zoetrope.assembler.annotation.RunObject;
import io.zoetrope.events.FrameStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class DetectedFramesTest {
  private static final RunObject OBJECT = new RunObject("car", 2, 0.5f, 1, 2, 3, 4);

  private final List<String> asked = new ArrayList<>();

  @Test
  void shouldTakeFramesFromPagesAsTheyAreWanted() {
    DetectedFrames frames =
        new DetectedFrames(
            cursor -> {
              asked.add(cursor);
              return cursor == null
                  ? new FramePage(List.of(frame(0), frame(1)), "next")
                  : new FramePage(List.of(frame(2), frame(3)), null);
            },
            List.of());

    assertThat(frames.take(0, 2)).containsExactly(frame(0), frame(1));
    assertThat(asked).containsExactly((String) null);
    assertThat(frames.take(2, 2)).containsExactly(frame(2), frame(3));
    assertThat(asked).containsExactly(null, "next");
  }

  @Test
  void shouldSayWhatFramesFailedWithAndWhichThereIsNothingAbout() {
    DetectedFrames frames =
        new DetectedFrames(
            cursor -> new FramePage(List.of(frame(0), failed(2, 80_000), frame(5)), null),
            List.of(new FailedFrames(1, 2, "FRAME_UNDECODABLE"), new FailedFrames(4, 4, "X")));

    assertThat(frames.take(0, 7))
        .extracting(RunFrame::frame, RunFrame::status, RunFrame::failure, RunFrame::ptsMicros)
        .containsExactly(
            tuple(0L, FrameStatus.PROCESSED, Optional.empty(), OptionalLong.of(0)),
            tuple(1L, FrameStatus.FAILED, Optional.of("FRAME_UNDECODABLE"), OptionalLong.empty()),
            tuple(
                2L, FrameStatus.FAILED, Optional.of("FRAME_UNDECODABLE"), OptionalLong.of(80_000)),
            tuple(3L, FrameStatus.FAILED, Optional.of("FRAME_MISSING"), OptionalLong.empty()),
            tuple(4L, FrameStatus.FAILED, Optional.of("X"), OptionalLong.empty()),
            tuple(5L, FrameStatus.PROCESSED, Optional.empty(), OptionalLong.of(200_000)),
            tuple(6L, FrameStatus.FAILED, Optional.of("FRAME_MISSING"), OptionalLong.empty()));
  }

  private static RunFrame frame(long index) {
    return new RunFrame(
        index,
        OptionalLong.of(index * 40_000),
        FrameStatus.PROCESSED,
        Optional.empty(),
        640,
        360,
        List.of(OBJECT));
  }

  private static RunFrame failed(long index, long ptsMicros) {
    return new RunFrame(
        index, OptionalLong.of(ptsMicros), FrameStatus.FAILED, Optional.empty(), 0, 0, List.of());
  }
}
