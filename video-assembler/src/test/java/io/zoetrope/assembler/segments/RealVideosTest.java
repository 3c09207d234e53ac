package io.zoetrope.assembler.segments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.zoetrope.assembler.annotation.RunFrame;
import io.zoetrope.assembler.annotation.RunObject;
import io.zoetrope.assembler.segments.TestRender.Shown;
import io.zoetrope.events.FrameStatus;
import io.zoetrope.events.SegmentRequested;
import io.zoetrope.media.CutOptions;
import io.zoetrope.media.VideoCutter;
import io.zoetrope.media.VideoStream;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The real videos beside the project: every frame that the source shows, and when it does. */
class RealVideosTest {
  private static final Path FOLDER =
      Path.of(System.getProperty("zoetrope.shared", "../../shared"), "media");

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "av1_video.mkv",
        "derived-h264-editlist.mp4",
        "derived-h264-vfr.mp4",
        "h264_10bits.mp4",
        "h265_video.mp4",
        "mpeg1.mpg",
        "rotated-90.mov"
      })
  void shouldShowEveryFrameOfTheSourceWhenItDoes(String name) throws IOException {
    Path video = FOLDER.resolve(name);
    assumeTrue(Files.isReadable(video), () -> "needs the shared media folder: no " + video);
    List<SegmentRequested> plan =
        TestRender.plan(video, 60, TestRender.style(), RealVideosTest::found);

    List<Rendered> rendered = TestRender.render(plan, folder.resolve("segments"));
    TestRender.join(plan, folder.resolve("segments"), folder.resolve("annotated.mp4"));

    assertThat(rendered).allSatisfy(segment -> assertThat(segment.failedFrames()).isEmpty());
    long start = startMicros(video);
    List<Long> expected =
        TestRender.pictures(video).stream().map(picture -> picture.micros() - start).toList();
    assertThat(TestRender.pictures(folder.resolve("annotated.mp4")))
        .extracting(Shown::micros)
        .containsExactlyElementsOf(expected);
  }

  private static long startMicros(Path video) throws IOException {
    try (SeekableByteChannel channel = Files.newByteChannel(video);
        VideoCutter cutter = VideoCutter.open(channel, video.toString(), CutOptions.DEFAULT)) {
      assertThat(cutter.hasNext()).isTrue();
      return cutter.stream().micros(cutter.startPts());
    }
  }

  private static RunFrame found(long frame, long ptsMicros, VideoStream stream) {
    int width = stream.uprightWidth();
    int height = stream.uprightHeight();
    RunObject object =
        new RunObject("thing", 0, 0.9f, width / 4f, height / 4f, width / 2f, height / 2f);
    return new RunFrame(
        frame,
        OptionalLong.of(ptsMicros),
        FrameStatus.PROCESSED,
        Optional.empty(),
        width,
        height,
        List.of(object));
  }
}
