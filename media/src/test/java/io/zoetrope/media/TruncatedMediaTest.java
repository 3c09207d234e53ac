package io.zoetrope.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files without their tail give all that is there, and don't pass for whole ones. */
class TruncatedMediaTest {
  private static final int CUTS = 8;
  private static final int TRANSPORT_PACKET = 188;

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "h264-fragmented.mp4",
        "h264-open-gop.mkv",
        "h264-no-index.mkv",
        "vp9-alt-ref.webm",
        "mpeg4-b-frames.avi",
        "mjpeg.avi",
        "h264-open-gop.flv",
        "wmv2.asf",
        "theora.ogv",
        "mpeg2-open-gop.ts",
        "h264-open-gop.ts",
        "mpeg1-open-gop.mpg",
        "mpeg2-open-gop.mpg",
        "av1.ivf",
        "av1.obu",
        "mpeg2-interlaced-4-2-2.mxf"
      })
  void shouldSayThatTheTailIsMissing(String name) throws Exception {
    assertTailMissed(VariantStudio.file(name));
  }

  @Test
  void shouldSayThatTheTailBehindTheIndexIsMissing() throws Exception {
    String whole = VariantStudio.file("h264-open-gop.mp4").toString();
    Path file = folder.resolve("index-first.mp4");
    EncoderProgram.bundled()
        .orElseThrow()
        .run(
            folder, List.of("-i", whole, "-c", "copy", "-movflags", "+faststart", file.toString()));
    assertTailMissed(file);
  }

  /** Nothing in an elementary stream says how long it is. */
  @ParameterizedTest
  @ValueSource(strings = {"h264-open-gop.h264", "hevc-open-gop.hevc", "mpeg2.m2v"})
  void shouldGiveAllThatThereIsOfAnElementaryStream(String name) throws Exception {
    byte[] whole = Files.readAllBytes(VariantStudio.file(name));
    assertGivesAllThatThereIs(Arrays.copyOf(whole, whole.length / 2), name);
  }

  private void assertTailMissed(Path file) throws Exception {
    byte[] whole = Files.readAllBytes(file);
    assertThat(cut(whole).readError()).as("the whole file").isEmpty();
    String name = file.getFileName().toString();
    Random random = new Random(name.hashCode());
    for (int i = 0; i < CUTS; i++) {
      int length = whole.length / 3 + random.nextInt(whole.length * 2 / 3 - 1);
      if (length % TRANSPORT_PACKET == 0) {
        // Between two transport packets nobody can tell.
        length++;
      }
      byte[] head = Arrays.copyOf(whole, length);
      assertThat(cut(head).readError())
          .as("the first %d of %d bytes", length, whole.length)
          .isPresent();
      if (i == 0) {
        assertGivesAllThatThereIs(head, name);
      }
    }
  }

  private void assertGivesAllThatThereIs(byte[] head, String name) throws Exception {
    Path file = Files.write(folder.resolve("head-of-" + name), head);
    List<Reference.Picture> expected = Reference.of(file).pictures();
    BatchedDecode actual = BatchedDecode.of(file, CutOptions.DEFAULT, 1);
    assertThat(actual.frames()).hasSameSizeAs(expected).hasSizeGreaterThan(20);
    assertThat(actual.outcomes()).hasSizeGreaterThanOrEqualTo(expected.size());
  }

  private static CutSummary cut(byte[] file) {
    try (VideoCutter cutter =
        VideoCutter.open(new BytesChannel(file), "film", CutOptions.DEFAULT)) {
      cutter.forEachRemaining(batch -> {});
      return cutter.summary();
    }
  }
}
