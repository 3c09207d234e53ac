package io.zoetrope.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A clip shows the frames of its stretch bit for bit, each at its distance from the first. */
class ClipCopyTest {
  @TempDir Path folder;

  static Stream<String> copied() {
    return Stream.of(
        "h264-open-gop.mp4",
        "hevc-open-gop.mp4",
        "hevc-radl.mp4",
        "rotated-90.mp4",
        "wide-pixels.mp4",
        "vp9-alt-ref.webm",
        "h264-open-gop.flv");
  }

  static List<String> sharedMedia() {
    return SharedMedia.names().isEmpty() ? List.of("none") : SharedMedia.names();
  }

  @ParameterizedTest
  @MethodSource("copied")
  void shouldShowWhatTheVideoShows(String name) throws Exception {
    assertThat(check(VariantStudio.file(name))).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("sharedMedia")
  void shouldShowWhatARealVideoShowsOrRefuse(String name) throws Exception {
    boolean indexed = !name.endsWith(".mpg");
    assertThat(check(SharedMedia.file(name)).isEmpty()).isEqualTo(indexed);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "theora.ogv | MP4 holds no theora",
        "h264-broadcast.ts | it has no index of places at which decoding can begin"
      })
  void shouldSayWhyItCantCopy(String name, String sentence) throws Exception {
    assertThat(check(VariantStudio.file(name))).contains(sentence);
  }

  private Optional<String> check(Path file) throws IOException {
    BatchedDecode all = BatchedDecode.of(file, CutOptions.DEFAULT, 1);
    List<BatchedDecode.Frame> frames = all.frames();
    int first = frames.size() / 3;
    int end = Math.max(first + 1, 2 * frames.size() / 3);
    Path clip = folder.resolve("clip.mp4");
    Optional<String> refusal =
        ClipCopy.write(
                () -> SharedMedia.open(file),
                file.getFileName().toString(),
                CutOptions.BEST_STREAM,
                frames.get(first).ptsMicros(),
                frames.get(end - 1).ptsMicros() + 1,
                true,
                clip)
            .refusal();
    if (refusal.isPresent()) {
      assertThat(Files.exists(clip)).isFalse();
      return refusal;
    }
    List<BatchedDecode.Frame> wanted = frames.subList(first, end);
    Reference shown = Reference.of(clip);
    assertThat(shown.pictures())
        .extracting(Reference.Picture::hash)
        .isEqualTo(wanted.stream().map(BatchedDecode.Frame::hash).toList());
    try (SeekableByteChannel channel = SharedMedia.open(clip);
        VideoCutter cutter = VideoCutter.open(channel, "clip.mp4", CutOptions.DEFAULT)) {
      VideoStream copied = cutter.stream();
      assertThat(shown.pictures().stream().map(picture -> copied.micros(picture.pts())))
          .isEqualTo(
              wanted.stream()
                  .map(frame -> all.stream().micros(frame.pts() - wanted.get(0).pts()))
                  .toList());
      assertThat(copied.rotation()).isEqualTo(all.stream().rotation());
      assertThat(copied.sampleAspectRatio()).isEqualTo(all.stream().sampleAspectRatio());
    }
    return refusal;
  }
}
