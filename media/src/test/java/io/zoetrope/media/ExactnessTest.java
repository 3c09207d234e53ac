package io.zoetrope.media;

import static io.zoetrope.media.CutOptions.WHOLE_GOPS;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every batch decoded alone gives the pictures of a sequential decode, whatever the file. A choice
 * runs always; with {@code -Dzoetrope.exactness=all} everything does, and ends with a table. {@code
 * -Dzoetrope.exactness.only=PREFIX} takes the files of that name.
 */
class ExactnessTest {
  private static final boolean ALL = "all".equals(System.getProperty("zoetrope.exactness"));
  private static final String ONLY = System.getProperty("zoetrope.exactness.only", "");
  private static final Path TABLE_FILE = Path.of("target", "exactness.md");

  private static final int[] TARGETS = {8, 32, 64, 256, WHOLE_GOPS};
  private static final int SEVERAL_THREADS = 3;

  /** The one that was made corrupt on purpose. */
  private static final String CORRUPTED = "corrupted.mp4";

  private static final String LOSSES_OF_CORRUPTED =
      "49 of 50 frames; damaged 32; failed 30 (Invalid data found when processing input)";

  private static final Map<String, Reference> REFERENCES = new ConcurrentHashMap<>();
  private static final ExactnessTable TABLE = new ExactnessTable();

  @ParameterizedTest(name = "{0} in batches of {1} with {2} threads", allowZeroInvocations = true)
  @MethodSource("variants")
  void shouldBeExactForEveryKindOfFile(String name, int target, int threads) throws IOException {
    Variant variant = Variant.named(name);
    Verdict verdict =
        verdict(name, VariantStudio.file(name), variant.soundPictures(), target, threads);
    assertThat(verdict.text()).isIn(variant.verdicts());
  }

  @ParameterizedTest(name = "{0} in batches of {1} with {2} threads", allowZeroInvocations = true)
  @MethodSource("sharedMedia")
  void shouldBeExactForRealVideos(String name, int target, int threads) throws IOException {
    Verdict verdict = verdict(name, SharedMedia.file(name), Exactness.ALL_SOUND, target, threads);
    assertThat(verdict.text())
        .isEqualTo(name.equals(CORRUPTED) ? LOSSES_OF_CORRUPTED : Verdict.EXACT);
  }

  @ParameterizedTest
  @CsvSource({"two-videos.mkv, 0", "two-videos.mkv, 1", "beside-audio-and-text.mkv, 0"})
  void shouldBeExactForTheStreamThatIsWanted(String name, int stream) throws IOException {
    Path file = VariantStudio.file(name);
    BatchedDecode batched = BatchedDecode.of(file, CutOptions.DEFAULT.withStream(stream), 1);
    assertThat(batched.stream().index()).isEqualTo(stream);
    assertThat(Exactness.verdict(Reference.of(file, stream), batched, Exactness.ALL_SOUND).text())
        .isEqualTo(Verdict.EXACT);
  }

  @AfterAll
  static void printTable() throws IOException {
    TABLE.write(TABLE_FILE);
    if (ALL) {
      TABLE.lines().forEach(System.out::println);
    }
  }

  private static Verdict verdict(String name, Path file, int sound, int target, int threads)
      throws IOException {
    Reference reference = REFERENCES.computeIfAbsent(name, ignored -> Reference.of(file));
    CutOptions options = CutOptions.DEFAULT.withTargetFrames(target);
    Verdict verdict = Exactness.verdict(reference, BatchedDecode.of(file, options, threads), sound);
    TABLE.add(name, target, threads, reference.pictures().size(), verdict);
    return verdict;
  }

  static Stream<Arguments> variants() {
    return cases(
        Variant.all().stream()
            .map(Variant::name)
            .flatMap(
                name ->
                    Stream.of(
                        Arguments.of(name, 8, 1),
                        Arguments.of(name, 32, SEVERAL_THREADS),
                        Arguments.of(name, WHOLE_GOPS, 1))),
        Variant.all().stream().map(Variant::name));
  }

  static Stream<Arguments> sharedMedia() {
    return cases(
        Stream.of(
            Arguments.of("derived-h264-opengop.mp4", 8, 1),
            Arguments.of("derived-h264-opengop.mp4", 32, SEVERAL_THREADS),
            Arguments.of("derived-h264-editlist.mp4", 8, 1),
            Arguments.of("derived-h264-editlist.mp4", WHOLE_GOPS, SEVERAL_THREADS),
            Arguments.of("derived-h264-vfr.mp4", 8, 1),
            Arguments.of("h264_10bits.mp4", 8, 1),
            Arguments.of("h265_video.mp4", 8, 1),
            Arguments.of("h265_video.mp4", WHOLE_GOPS, 1),
            Arguments.of("rotated-90.mov", 8, 1),
            Arguments.of("mpeg1.mpg", 8, 1),
            Arguments.of("nasa_13013.mp4", 32, 1),
            Arguments.of("av1_video.mkv", WHOLE_GOPS, 1),
            Arguments.of("car-detection.mp4", 32, 1),
            Arguments.of("one-by-one-person-detection.mp4", WHOLE_GOPS, 1),
            Arguments.of("traffic-720p.mp4", 64, 1),
            Arguments.of("bangkok-360p.mp4", 64, SEVERAL_THREADS),
            Arguments.of("restaurant-720p.mp4", WHOLE_GOPS, 1),
            Arguments.of("retail-1080p-hevc-opengop.mp4", WHOLE_GOPS, 1),
            Arguments.of(CORRUPTED, 8, 1),
            Arguments.of(CORRUPTED, WHOLE_GOPS, SEVERAL_THREADS)),
        SharedMedia.names().stream());
  }

  private static Stream<Arguments> cases(Stream<Arguments> quick, Stream<String> all) {
    Stream<Arguments> chosen =
        ALL
            ? all.flatMap(
                name ->
                    IntStream.of(TARGETS)
                        .boxed()
                        .flatMap(
                            target ->
                                Stream.of(
                                    Arguments.of(name, target, 1),
                                    Arguments.of(name, target, SEVERAL_THREADS))))
            : quick;
    return chosen.filter(row -> ((String) row.get()[0]).startsWith(ONLY));
  }
}
