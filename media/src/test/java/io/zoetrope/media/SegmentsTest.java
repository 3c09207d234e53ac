package io.zoetrope.media;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SegmentsTest {
  private static final PictureFormat FORMAT =
      new PictureFormat(160, 96, new Rational(4, 3), "bt709", "bt709", "bt709", false);
  private static final int PICTURES = 12;
  private static final long PICTURE_TICKS = 3003;

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(VideoCodec.class)
  void shouldBeTheSameBytesHoweverManyWorkersThereAre(VideoCodec codec) throws Exception {
    List<Path> alone = write(codec, 1, 6);
    List<Path> together = write(codec, 3, 6);

    assertThat(joined(together, "together.mp4")).hasSameBinaryContentAs(joined(alone, "alone.mp4"));
    for (int i = 0; i < alone.size(); i++) {
      assertThat(together.get(i)).hasSameBinaryContentAs(alone.get(i));
    }
  }

  @ParameterizedTest
  @EnumSource(VideoCodec.class)
  void shouldTellTrueTimesInEachSegmentAlone(VideoCodec codec) throws Exception {
    Path third = write(codec, 1, 3).get(2);

    // 90,000 ticks a second; segments of 12 pictures.
    assertThat(Probe.frameTimes(third, 0).get(0).getAsLong()).isEqualTo(800_800);
    assertThat(Probe.frameTimes(third, 0)).hasSize(PICTURES);
    assertThat(Probe.of(third, "v", "stream=width,height,sample_aspect_ratio,color_space"))
        .containsExactly("160", "96", "4:3", "bt709");
  }

  @Test
  void shouldHaveOneFragmentBehindAHeaderThatAllShare() throws Exception {
    List<Path> segments = write(VideoCodec.H264, 1, 2);
    SegmentWriter.Segment written = write(VideoCodec.H264, 2, folder.resolve("again.mp4"));

    assertThat(Mp4Boxes.of(segments.get(1))).containsExactly("ftyp", "moov", "moof", "mdat");
    assertThat(written.pictures()).isEqualTo(PICTURES);
    assertThat(written.durationMicros()).isEqualTo(400_400);
    assertThat(written.sizeBytes()).isEqualTo(Files.size(segments.get(1)));
    int header = (int) written.headerBytes();
    assertThat(new String(Files.readAllBytes(segments.get(0)), ISO_8859_1).substring(0, header))
        .isEqualTo(
            new String(Files.readAllBytes(segments.get(1)), ISO_8859_1).substring(0, header));
  }

  @Test
  void shouldPutTheIndexOfTheWholeBeforeItsData() throws Exception {
    Path whole = joined(write(VideoCodec.H264, 1, 2), "whole.mp4");

    assertThat(Mp4Boxes.of(whole)).containsSubsequence("ftyp", "moov", "mdat");
    assertThat(Probe.frameTimes(whole, 0)).hasSize(2 * PICTURES);
  }

  @Test
  void shouldShowAFirstPictureThatIsLateWhenItShouldBe() throws Exception {
    List<Path> late = write(VideoCodec.H264, 1, 3).subList(1, 3);

    assertThat(Probe.frameTimes(joined(late, "late.mp4"), 0).get(0).getAsLong()).isEqualTo(400_400);
  }

  @Test
  void shouldRefuseSegmentsInAnotherOrder() throws Exception {
    List<Path> segments = new ArrayList<>(write(VideoCodec.H264, 1, 2));
    Collections.reverse(segments);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> joined(segments, "reversed.mp4"))
        .withMessage("segment 1 has a picture at 0, which is not after 69069");
    assertThat(folder.resolve("reversed.mp4")).doesNotExist();
  }

  @Test
  void shouldRefuseSegmentsThatDoNotBelongTogether() throws Exception {
    List<Path> mixed =
        List.of(write(VideoCodec.H264, 1, 1).get(0), write(VideoCodec.AV1, 1, 2).get(1));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> joined(mixed, "mixed.mp4"))
        .withMessage("segment 1 has another header than the first");
  }

  @Test
  void shouldLeaveNothingWhereASegmentIsCutOff() throws Exception {
    Path segment = write(VideoCodec.H264, 1, 1).get(0);
    byte[] bytes = Files.readAllBytes(segment);
    Files.write(segment, Arrays.copyOf(bytes, bytes.length - 100));

    assertThatIOException()
        .isThrownBy(() -> joined(List.of(segment), "cut.mp4"))
        .withMessage("segment 0 isn't a whole MP4 file");
    assertThat(folder.resolve("cut.mp4")).doesNotExist();
  }

  @Test
  void shouldWriteAHeaderWhereThereAreNoPictures() throws IOException {
    Path file = folder.resolve("empty.mp4");
    try (SegmentWriter writer = SegmentWriter.create(file, settings(VideoCodec.H264))) {
      SegmentWriter.Segment empty = writer.finish();

      assertThat(empty.pictures()).isZero();
      assertThat(empty.headerBytes()).isEqualTo(empty.sizeBytes());
    }
  }

  @Test
  void shouldLeaveNothingBehindWhenNotFinished() throws IOException {
    Path file = folder.resolve("unfinished.mp4");
    try (SegmentWriter writer = SegmentWriter.create(file, settings(VideoCodec.H264));
        Picture picture = Picture.allocate(FORMAT)) {
      picture.fill(90);
      writer.encode(picture, 5, 1);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> writer.encode(picture, 5, 1))
          .withMessage("time 5 is not after 5");
      assertThatIllegalArgumentException().isThrownBy(() -> writer.encode(picture, 6, 0));
    }

    assertThat(file).doesNotExist();
  }

  @Test
  void shouldSayWhichEncoderCannotBeUsed() {
    Path file = folder.resolve("none.mp4");
    EncoderSettings unknown = settings(VideoCodec.H264).withEncoder("h264_crystal_ball");
    PictureFormat huge =
        new PictureFormat(9000, 9000, Rational.UNKNOWN, "bt709", "bt709", "bt709", false);
    EncoderSettings tooLarge =
        new EncoderSettings(
            VideoCodec.H264, Preset.FAST, huge, new Rational(1, 25), new Rational(25, 1));

    assertThatThrownBy(() -> SegmentWriter.create(file, unknown))
        .isInstanceOf(MediaException.class)
        .hasMessage("This FFmpeg has no encoder h264_crystal_ball; choose another one.");
    assertThatThrownBy(() -> SegmentWriter.create(file, tooLarge))
        .isInstanceOf(MediaException.class)
        .hasMessageStartingWith("The encoder libopenh264 takes no pictures of 9000 × 9000 here")
        .hasMessageEndingWith("Choose VP9 or AV1.")
        .extracting(e -> ((MediaException) e).code())
        .isEqualTo(MediaException.Code.MEDIA_UNSUPPORTED);
    assertThat(file).doesNotExist();
  }

  @Test
  void shouldRefuseBeforehandWhatIsTooSmall() {
    PictureFormat tiny =
        new PictureFormat(18, 10, Rational.UNKNOWN, "bt709", "bt709", "bt709", false);
    EncoderSettings h264 =
        new EncoderSettings(
            VideoCodec.H264, Preset.FAST, tiny, new Rational(1, 25), new Rational(25, 1));

    assertThatThrownBy(h264::requireEncoder)
        .isInstanceOf(MediaException.class)
        .hasMessage(
            "The encoder libopenh264 takes no pictures of 18 × 10 here (Invalid argument); "
                + "it takes 16 × 16 at least. Choose VP9.");
    h264.withCodec(VideoCodec.VP9).requireEncoder();
  }

  @Test
  void shouldSayWhatElseThereIsToChoose() {
    EncoderSettings plain = settings(VideoCodec.VP9);

    assertThat(EncoderChoice.of(plain).remedy(FORMAT)).isEqualTo("choose another codec.");
    assertThat(EncoderChoice.of(plain.withEncoder("av1_nvenc")).remedy(FORMAT))
        .isEqualTo("choose another encoder, or none.");
  }

  @Test
  void shouldTellBeforehandWhatCanBeEncoded() {
    PictureFormat wide =
        new PictureFormat(7680, 4320, Rational.UNKNOWN, "bt709", "bt709", "bt709", false);
    EncoderSettings h264 =
        new EncoderSettings(
            VideoCodec.H264, Preset.FAST, wide, new Rational(1, 25), new Rational(25, 1));

    assertThatThrownBy(h264::requireEncoder).hasMessageEndingWith("Choose VP9 or AV1.");
    h264.withCodec(VideoCodec.VP9).requireEncoder();
    settings(VideoCodec.H264).requireEncoder();
  }

  private Path joined(List<Path> segments, String name) throws IOException {
    Path target = folder.resolve(name);
    List<SegmentJoin.Source> sources = new ArrayList<>();
    segments.forEach(segment -> sources.add(() -> Files.newByteChannel(segment)));
    SegmentJoin.join(target, sources, Optional.empty());
    return target;
  }

  private List<Path> write(VideoCodec codec, int workers, int count) throws Exception {
    Path own = Files.createTempDirectory(folder, codec.name());
    List<Path> files = new ArrayList<>();
    List<Callable<SegmentWriter.Segment>> tasks = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int sequence = i;
      Path file = own.resolve(sequence + ".mp4");
      files.add(file);
      tasks.add(() -> write(codec, sequence + 1, file));
    }
    ExecutorService pool = Executors.newFixedThreadPool(workers);
    try {
      for (Future<SegmentWriter.Segment> done : pool.invokeAll(tasks)) {
        done.get();
      }
    } finally {
      pool.shutdownNow();
    }
    return files;
  }

  private static SegmentWriter.Segment write(VideoCodec codec, int ordinal, Path file)
      throws IOException {
    try (SegmentWriter writer = SegmentWriter.create(file, settings(codec));
        Picture picture = Picture.allocate(FORMAT)) {
      for (int i = 0; i < PICTURES; i++) {
        int frame = (ordinal - 1) * PICTURES + i;
        draw(picture, frame);
        writer.encode(picture, frame * PICTURE_TICKS, PICTURE_TICKS);
      }
      return writer.finish();
    }
  }

  /** Something that moves, and is different in each picture. */
  private static void draw(Picture picture, int frame) {
    picture.fill(128);
    for (int y = 0; y < FORMAT.height(); y++) {
      for (int x = 0; x < FORMAT.width(); x++) {
        int value = 16 + (x * 3 + y * (frame % 5 + 1) + frame * 7) % 220;
        picture.plane(0).put(y * picture.stride(0) + x, (byte) value);
      }
    }
  }

  private static EncoderSettings settings(VideoCodec codec) {
    return new EncoderSettings(
        codec, Preset.FAST, FORMAT, new Rational(1, 90_000), new Rational(30_000, 1001));
  }
}
