package io.zoetrope.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every batch decoded alone gives the pictures of a sequential decode. What takes long runs only
 * with {@code -Dzoetrope.bitexact=all}; {@code -Dzoetrope.bitexact.threads=N} decodes with N
 * threads.
 */
class BitExactnessTest {
  private static final boolean ALL = "all".equals(System.getProperty("zoetrope.bitexact"));
  private static final int THREADS = Integer.getInteger("zoetrope.bitexact.threads", 1);
  private static final Map<Path, List<SequentialDecode.Picture>> SEQUENTIAL =
      new ConcurrentHashMap<>();

  @ParameterizedTest(name = "{0} in batches of {1}")
  @MethodSource("filesAndTargets")
  void shouldGiveThePicturesOfASequentialDecode(String name, int target) throws Exception {
    Path file = SharedMedia.file(name);
    List<SequentialDecode.Picture> expected = sequential(file);

    BatchedDecode actual =
        BatchedDecode.of(file, CutOptions.DEFAULT.withTargetFrames(target), THREADS);

    assertThat(actual.frames())
        .extracting(BatchedDecode.Frame::hash)
        .isEqualTo(expected.stream().map(SequentialDecode.Picture::hash).toList());
    assertThat(actual.frames())
        .extracting(BatchedDecode.Frame::index)
        .isEqualTo(LongStream.range(0, expected.size()).boxed().toList());
    assertThat(actual.outcomes())
        .extracting(FrameOutcome::status)
        .containsOnly(FrameOutcome.Status.DECODED)
        .hasSize(expected.size());
    assertTimesMatch(actual, expected);
    assertThat(actual.summary().expectedFrames()).isEqualTo(expected.size());
    assertThat(actual.summary().readError()).as("the whole file was read").isEmpty();
  }

  /** Times are compared where the decoder gave one; the rest have nominal times. */
  private static void assertTimesMatch(
      BatchedDecode actual, List<SequentialDecode.Picture> expected) {
    List<Long> expectedMicros = new ArrayList<>();
    List<Long> actualMicros = new ArrayList<>();
    for (int i = 0; i < expected.size(); i++) {
      if (expected.get(i).pts() != VideoPacket.NO_TIMESTAMP) {
        expectedMicros.add(actual.stream().micros(expected.get(i).pts() - expected.get(0).pts()));
        actualMicros.add(actual.frames().get(i).ptsMicros());
      }
    }
    assertThat(actualMicros).isEqualTo(expectedMicros).isNotEmpty();
  }

  private static List<SequentialDecode.Picture> sequential(Path file) throws Exception {
    List<SequentialDecode.Picture> known = SEQUENTIAL.get(file);
    if (known == null) {
      known = SequentialDecode.of(file);
      SEQUENTIAL.put(file, known);
    }
    return known;
  }

  static Stream<Arguments> filesAndTargets() {
    Stream<Arguments> quick =
        Stream.of(
                targets("derived-h264-opengop.mp4", 8, 32, 64, 0),
                targets("derived-h264-editlist.mp4", 8, 32, 64, 0),
                targets("derived-h264-vfr.mp4", 8, 32, 64, 0),
                targets("h264_10bits.mp4", 8, 32, 64, 0),
                targets("h265_video.mp4", 8, 32, 64, 0),
                targets("rotated-90.mov", 8, 32, 64, 0),
                targets("mpeg1.mpg", 8, 32, 64, 0),
                targets("nasa_13013.mp4", 8, 32, 64, 0),
                targets("av1_video.mkv", 32, 0),
                targets("car-detection.mp4", 8, 32, 0),
                targets("one-by-one-person-detection.mp4", 0),
                targets("traffic-720p.mp4", 8, 32, 64, 0),
                targets("bangkok-360p.mp4", 64),
                targets("restaurant-720p.mp4", 0),
                targets("retail-1080p-hevc-opengop.mp4", 0))
            .flatMap(cases -> cases);
    Stream<Arguments> slow =
        Stream.of(
                targets("av1_video.mkv", 8, 64),
                targets("car-detection.mp4", 64),
                targets("one-by-one-person-detection.mp4", 8, 32, 64),
                targets("bangkok-360p.mp4", 8, 32, 0),
                targets("restaurant-720p.mp4", 8, 32, 64),
                targets("retail-1080p-hevc-opengop.mp4", 8, 32, 64))
            .flatMap(cases -> cases);
    return ALL ? Stream.concat(quick, slow) : quick;
  }

  private static Stream<Arguments> targets(String file, int... targets) {
    return Arrays.stream(targets).mapToObj(target -> Arguments.of(file, target));
  }
}
