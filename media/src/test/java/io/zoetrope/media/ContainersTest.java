package io.zoetrope.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The same pictures in containers that say less and less of their time and order. */
class ContainersTest {
  private static final int PACKETS = 160;

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "derived-h264-opengop.mp4, matroska",
    "derived-h264-opengop.mp4, mpegts",
    "derived-h264-opengop.mp4, flv",
    "derived-h264-opengop.mp4, h264",
    "h265_video.mp4, matroska",
    "h265_video.mp4, mpegts",
    "h265_video.mp4, hevc",
    "mpeg1.mpg, mpegts",
    "mpeg1.mpg, mpeg1video",
    "av1_video.mkv, ivf",
    "av1_video.mkv, mp4"
  })
  void shouldBeBitExactInEveryContainer(String source, String format) throws Exception {
    Path file = folder.resolve("video." + format);
    Remux.firstPackets(SharedMedia.file(source), file, format, PACKETS);
    List<SequentialDecode.Picture> expected = SequentialDecode.of(file);

    BatchedDecode actual = BatchedDecode.of(file, CutOptions.DEFAULT.withTargetFrames(16), 1);

    assertThat(actual.frames())
        .extracting(BatchedDecode.Frame::hash)
        .isEqualTo(expected.stream().map(SequentialDecode.Picture::hash).toList())
        .isNotEmpty();
    assertThat(actual.frames().stream().map(BatchedDecode.Frame::ptsMicros)).isSorted();
    assertThat(actual.outcomes()).hasSameSizeAs(actual.frames());
  }
}
