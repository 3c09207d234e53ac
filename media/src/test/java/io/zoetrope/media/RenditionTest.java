package io.zoetrope.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Videos on the whole way from packets to the joined file, by an independent judge. */
class RenditionTest {
  /** The judge, an older FFmpeg, shows one picture more or less of it. */
  private static final String DAMAGED = "corrupted.mp4";

  /** Of 255, a pixel on average, where pictures are small and full of noise. */
  private static final double CODING_LOSS = 12;

  @TempDir Path folder;

  static List<String> names() {
    return SharedMedia.names();
  }

  @ParameterizedTest
  @MethodSource("names")
  void shouldShowEveryFrameOfSharedVideosWhenTheyDo(String name) throws IOException {
    Path original = SharedMedia.file(name);

    Rendition made = Rendition.of(original, folder);

    requireOwnTimes(made);
    if (!name.equals(DAMAGED)) {
      requireTimesOf(original, made);
    }
    requireSamePictures(made);
    requireSameColours(original, made);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "odd-size.mp4",
        "odd-size.webm",
        "wide-pixels.mp4",
        "growing.webm",
        "prores-4444-interlaced.mov",
        "beside-audio.ts",
        "beside-audio-and-text.mkv",
        "far-from-zero.mp4",
        "negative-start.mp4",
        "edit-list-delay.mp4",
        "rotated-270.mp4",
        "mirrored.mp4",
        "qtrle.mov",
        "msrle-palette.avi",
        "variable-frame-rate.mkv",
        "one-frame-a-minute.mp4",
        "one-frame.mp4",
        "h264-open-gop.h264",
        "long-gop-h264.mp4",
      })
  void shouldShowEveryFrameOfGeneratedVideosWhenTheyDo(String name) throws IOException {
    Path original = VariantStudio.file(name);

    Rendition made = Rendition.of(original, folder);

    requireOwnTimes(made);
    requireTimesOf(original, made);
    requireSamePictures(made);
  }

  @ParameterizedTest
  @EnumSource(VideoCodec.class)
  void shouldEncodeAsAskedFor(VideoCodec codec) throws IOException {
    Path original = GeneratedVideo.write(folder.resolve("original.mp4"));

    Rendition made = Rendition.of(original, folder, codec);

    requireOwnTimes(made);
    requireTimesOf(original, made);
    requireSamePictures(made);
    assertThat(Probe.of(made.file(), "v", "stream=codec_name"))
        .containsExactly(codec.name().toLowerCase(Locale.ROOT));
  }

  @ParameterizedTest
  @CsvSource({
    "ffv1,     gbrp,        161x97,  'h264 162 98 yuv420p tv smpte170m'",
    "ffv1,     gray,        160x96,  'h264 160 96 yuvj420p pc unknown'",
    "mjpeg,    yuvj420p,    160x96,  'h264 160 96 yuvj420p pc bt470bg'",
    "ffv1,     yuv420p10le, 160x96,  'h264 160 96 yuv420p unknown unknown'",
    "ffv1,     yuv410p,     160x96,  'h264 160 96 yuv420p unknown unknown'",
  })
  void shouldTellColoursAsTheyAre(String codec, String pixels, String size, String described)
      throws IOException {
    Path original =
        Generated.file(
            folder.resolve("original.mkv"),
            "-f lavfi -i testsrc2=r=25:d=1 -vf scale="
                + size.replace('x', ':')
                + " -c:v "
                + codec
                + " -pix_fmt "
                + pixels);

    Rendition made = Rendition.of(original, folder);

    requireOwnTimes(made);
    requireSamePictures(made);
    assertThat(
            String.join(
                " ",
                Probe.of(
                    made.file(),
                    "v",
                    "stream=codec_name,width,height,pix_fmt,color_range,color_space")))
        .isEqualTo(described);
  }

  /** When each frame is shown, by the file that was made. */
  private static void requireOwnTimes(Rendition made) {
    List<Long> shown =
        Probe.frameTimes(made.file(), 0).stream().map(OptionalLong::getAsLong).toList();
    assertThat(shown)
        .usingElementComparator(RenditionTest::compareRounded)
        .isEqualTo(made.times().stream().map(made.stream()::micros).toList());
    assertThat(made.joined().pictures()).isEqualTo(shown.size());
    assertThat(made.joined().durationMicros()).isGreaterThan(shown.get(shown.size() - 1));
    assertThat(made.written().stream().mapToInt(SegmentWriter.Segment::pictures).sum())
        .isEqualTo(shown.size());
    assertThat(made.written().stream().map(SegmentWriter.Segment::headerBytes).distinct())
        .hasSize(1);
  }

  /** Where the judge can't say when the original shows a frame, nothing is compared. */
  private static void requireTimesOf(Path original, Rendition made) {
    long start = Probe.startTime(original);
    List<OptionalLong> expected = Probe.frameTimes(original, made.stream().index());
    List<OptionalLong> shown = Probe.frameTimes(made.file(), 0);
    assertThat(shown).hasSameSizeAs(expected);
    for (int i = 0; i < shown.size(); i++) {
      if (expected.get(i).isPresent()) {
        assertThat(shown.get(i).getAsLong())
            .as("frame %d", i)
            .isBetween(
                expected.get(i).getAsLong() - start - 1, expected.get(i).getAsLong() - start + 1);
      }
    }
  }

  /** Frame n shows what was encoded as frame n, and not a neighbour of it. */
  private static void requireSamePictures(Rendition made) throws IOException {
    List<Thumbnail> again = new ArrayList<>();
    Decoding.frames(made.file(), frame -> again.add(Thumbnail.of(frame)));
    assertThat(again).hasSameSizeAs(made.thumbnails());
    for (int i = 0; i < again.size(); i++) {
      assertThat(again.get(i).distance(made.thumbnails().get(i))).isLessThan(CODING_LOSS);
    }
  }

  private static void requireSameColours(Path original, Rendition made) {
    String entries = "stream=sample_aspect_ratio,color_space,color_primaries,color_transfer";
    String index = String.valueOf(made.stream().index());
    assertThat(Probe.of(made.file(), "v", entries)).isEqualTo(Probe.of(original, index, entries));
    assertThat(Probe.of(made.file(), "v", "stream=width,height"))
        .isEqualTo(
            Stream.of(made.stream().uprightWidth(), made.stream().uprightHeight())
                .map(String::valueOf)
                .toList());
  }

  private static int compareRounded(long a, long b) {
    return Math.abs(a - b) <= 1 ? 0 : Long.compare(a, b);
  }
}
