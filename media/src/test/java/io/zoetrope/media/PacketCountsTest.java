package io.zoetrope.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every packet of a stream ends in exactly one place. */
class PacketCountsTest {
  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "derived-h264-editlist.mp4, 405, 379, 0, 26, 0, 0",
    "edit-list-start.mp4, 79, 76, 0, 3, 0, 0",
    "h264-fields.ts, 160, 96, 64, 0, 0, 0",
    "hevc-fields.ts, 100, 100, 0, 0, 0, 0",
    "starts-at-cra.ts, 79, 76, 0, 0, 3, 0",
    "vp8-alt-ref.webm, 105, 100, 0, 0, 5, 0",
    "vp9-alt-ref.webm, 100, 100, 0, 0, 0, 0",
    "av1-libaom.mkv, 100, 100, 0, 0, 0, 0",
    "xvid-packed.avi, 98, 98, 0, 0, 0, 0"
  })
  void shouldAccountForEveryPacket(
      String name,
      long read,
      long expected,
      long secondFields,
      long discarded,
      long invisible,
      long empty)
      throws IOException {
    PacketCounts counts = cut(name, Sampling.EVERY_FRAME).packets();
    assertThat(counts)
        .isEqualTo(new PacketCounts(read, expected, 0, secondFields, discarded, invisible, empty));
    assertThat(expected + secondFields + discarded + invisible + empty).isEqualTo(read);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({"h264-fields.ts, 5, 91", "derived-h264-editlist.mp4, 31, 348"})
  void shouldTellWhatIsNotSampledFromWhatIsNotShown(String name, long expected, long unsampled)
      throws IOException {
    PacketCounts every = cut(name, Sampling.EVERY_FRAME).packets();

    CutSummary sampled = cut(name, Sampling.atMost(new Rational(2, 1)));
    assertThat(sampled.packets())
        .isEqualTo(
            new PacketCounts(
                every.read(),
                expected,
                unsampled,
                every.secondFields(),
                every.discarded(),
                every.invisible(),
                every.empty()));
    assertThat(expected + unsampled).isEqualTo(every.expected());
    assertThat(sampled.expectedFrames()).isEqualTo(expected);
  }

  private static CutSummary cut(String name, Sampling sampling) throws IOException {
    Path file = Variant.isName(name) ? VariantStudio.file(name) : SharedMedia.file(name);
    try (SeekableByteChannel channel = SharedMedia.open(file);
        VideoCutter cutter =
            VideoCutter.open(channel, name, CutOptions.DEFAULT.withSampling(sampling))) {
      cutter.forEachRemaining(batch -> {});
      assertThat(cutter.summary().expectedFrames())
          .isEqualTo(cutter.summary().packets().expected());
      return cutter.summary();
    }
  }
}
