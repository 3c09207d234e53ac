package io.zoetrope.assembler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.zoetrope.assembler.RenderLedger.RunState;
import io.zoetrope.assembler.annotation.RunFrame;
import io.zoetrope.events.RenderCodec;
import io.zoetrope.events.RenderCompleted;
import io.zoetrope.media.CutOptions;
import io.zoetrope.media.VideoCutter;
import io.zoetrope.media.VideoStream;
import java.io.IOException;
import java.net.URI;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Other codecs, other depths and sizes, and runs that have nothing: planned, made and joined. */
@Timeout(120)
class OddVideosTest {
  private static final Path SHARED =
      Path.of(System.getProperty("zoetrope.shared", "../../shared"), "media");

  @TempDir private Path folder;
  private RenderRig rig;

  @BeforeEach
  void open() {
    rig = new RenderRig(folder);
  }

  @AfterEach
  void close() {
    rig.close();
  }

  @ParameterizedTest
  @CsvSource({"VP9,vp9", "AV1,av1"})
  void shouldMakeVideosOfOtherCodecs(RenderCodec codec, String name) throws IOException {
    GreyVideo.write(folder.resolve("video.mp4"), 60);
    rig.detected(60);

    rig.plan(rig.request("video.mp4", codec));

    RenderCompleted completed = (RenderCompleted) rig.state();
    assertThat(completed.getFrames()).isEqualTo(60);
    assertThat(completed.getDurationMicros()).isEqualTo(2_400_000);
    assertThat(stream(completed).codec()).isEqualTo(name);
  }

  @Test
  void shouldSayThatDeeperColoursBecomeShallower() throws IOException {
    Path video = SHARED.resolve("h264_10bits.mp4");
    assumeTrue(Files.isReadable(video), () -> "needs the shared media folder: no " + video);
    Files.copy(video, folder.resolve("video.mp4"));

    rig.plan(rig.request("video.mp4"));

    RenderCompleted completed = (RenderCompleted) rig.state();
    assertThat(completed.getNotes())
        .singleElement()
        .asString()
        .isEqualTo("Its colours of 10 bits became ones of 8.");
    assertThat(stream(completed).pixelFormat()).isEqualTo("yuv420p");
  }

  @Test
  void shouldSayThatPicturesOfAnotherSizeWereScaled() throws IOException {
    GreyVideo.write(folder.resolve("video.mp4"), 300);
    rig.ledger.frames(
        LongStream.range(0, 300)
            .mapToObj(RenderRig::frame)
            .map(frame -> frame.frame() < 130 ? frame : sized(frame, 32))
            .toList());

    rig.plan(rig.request("video.mp4"));

    assertThat(((RenderCompleted) rig.state()).getNotes())
        .containsExactly(
            "Not all of its pictures are 64 × 64, as it says: others, of 32 × 32 from frame 130 on, were scaled.");
  }

  private static RunFrame sized(RunFrame frame, int size) {
    return new RunFrame(
        frame.frame(), frame.ptsMicros(), frame.status(), frame.failure(), size, size, List.of());
  }

  @Test
  void shouldMarkEveryFrameOfARunThatHasNothing() throws IOException {
    GreyVideo.write(folder.resolve("video.mp4"), 60);
    rig.ledger.run(Optional.of(new RunState(true, 1, Optional.empty(), List.of())));

    rig.plan(rig.request("video.mp4"));

    RenderCompleted completed = (RenderCompleted) rig.state();
    assertThat(completed.getFrames()).isEqualTo(60);
    assertThat(completed.getFailedFrames()).isEqualTo(60);
  }

  private static VideoStream stream(RenderCompleted completed) throws IOException {
    Path file = Path.of(URI.create(completed.getLocation()));
    try (SeekableByteChannel channel = Files.newByteChannel(file);
        VideoCutter cutter = VideoCutter.open(channel, "The video", CutOptions.DEFAULT)) {
      return cutter.stream();
    }
  }
}
