package io.zoetrope.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is asked for, in whatever order: it is what decoding the video from its start gives. */
class FrameSeekerTest {
  private static final int PROBES = 9;

  /** A picture and when it is shown. */
  private record Shown(long ptsMicros, long hash) {
    static Shown of(DecodedFrame frame) {
      try (frame) {
        return new Shown(frame.ptsMicros(), FrameHash.of(frame.frame()));
      }
    }

    static Shown of(BatchedDecode.Frame frame) {
      return new Shown(frame.ptsMicros(), frame.hash());
    }
  }

  static List<String> sharedMedia() {
    return SharedMedia.names().isEmpty() ? List.of("none") : SharedMedia.names();
  }

  static Stream<String> variants() {
    return Variant.all().stream()
        .filter(variant -> variant.verdicts().equals(List.of(Verdict.EXACT)))
        .map(Variant::name);
  }

  @ParameterizedTest
  @MethodSource("sharedMedia")
  void shouldGiveTheFramesOfASequentialDecodeOfRealVideos(String name) throws Exception {
    check(SharedMedia.file(name));
  }

  @ParameterizedTest
  @MethodSource("variants")
  void shouldGiveTheFramesOfASequentialDecodeOfEveryKindOfVideo(String name) throws Exception {
    check(VariantStudio.file(name));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "h264-open-gop.mp4",
        "hevc-open-gop.mp4",
        "edit-list-start.mp4",
        "h264-open-gop.flv",
        "mjpeg.avi"
      })
  void shouldNotReadFromTheStart(String name) throws Exception {
    Path file = VariantStudio.file(name);
    BatchedDecode all = BatchedDecode.of(file, CutOptions.DEFAULT, 1);
    BatchedDecode.Frame last = all.frames().get(all.frames().size() - 1);
    try (SeekableByteChannel channel = SharedMedia.open(file);
        KeyframeSearch search = KeyframeSearch.open(channel, name, CutOptions.BEST_STREAM)) {
      Optional<PacketReader.ReadPacket> found = search.seek(last.pts());
      assertThat(found.map(read -> read.picture().randomAccess())).contains(true);
      assertThat(found.orElseThrow().packet().pts())
          .isGreaterThan(all.frames().get(0).pts())
          .isLessThanOrEqualTo(last.pts());
    }
  }

  @Test
  void shouldGiveTheFirstFrameBeforeTheBeginningAndTheLastAfterTheEnd() throws Exception {
    Path file = VariantStudio.file("h264-open-gop.mp4");
    List<Shown> all = sequential(file);
    try (FrameSeeker seeker = open(file)) {
      assertThat(frames(seeker, -5_000_000, -5_000_000)).containsExactly(all.get(0));
      assertThat(frames(seeker, 3_600_000_000L, 3_600_000_000L))
          .containsExactly(all.get(all.size() - 1));
    }
  }

  private static void check(Path file) throws IOException {
    List<Shown> all = sequential(file);
    // Where the times of a damaged file jump, there's no telling what is shown at one of them.
    boolean ordered =
        IntStream.range(1, all.size())
            .allMatch(i -> all.get(i - 1).ptsMicros() < all.get(i).ptsMicros());
    try (FrameSeeker seeker = open(file)) {
      for (int probe = PROBES; ordered && probe >= 0; probe--) {
        int frame = (all.size() - 1) * probe / PROBES;
        long micros = all.get(frame).ptsMicros();
        assertThat(frames(seeker, micros, micros))
            .as("frame %d", frame)
            .containsExactly(all.get(frame));
        if (frame + 1 < all.size()) {
          long between = (micros + all.get(frame + 1).ptsMicros()) / 2;
          assertThat(frames(seeker, between, between)).containsExactly(all.get(frame));
        }
      }
      if (ordered) {
        int first = all.size() / 3;
        int end = Math.min(all.size() - 1, first + 20);
        assertThat(frames(seeker, all.get(first).ptsMicros(), all.get(end).ptsMicros()))
            .isEqualTo(all.subList(first, Math.max(end, first + 1)));
      }
    }
  }

  private static FrameSeeker open(Path file) {
    return FrameSeeker.open(
        () -> SharedMedia.open(file), file.getFileName().toString(), CutOptions.BEST_STREAM);
  }

  private static List<Shown> frames(FrameSeeker seeker, long from, long to) {
    List<Shown> shown = new ArrayList<>();
    seeker.frames(from, to, frame -> shown.add(Shown.of(frame)));
    return shown;
  }

  private static List<Shown> sequential(Path file) throws IOException {
    return BatchedDecode.of(file, CutOptions.DEFAULT, 1).frames().stream().map(Shown::of).toList();
  }
}
