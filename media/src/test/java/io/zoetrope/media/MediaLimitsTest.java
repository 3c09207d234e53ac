package io.zoetrope.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.zoetrope.media.MediaException.Code;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that claim or hold too much. What each rejection took is printed at the end. */
class MediaLimitsTest {
  private static final MediaLimits DEFAULT = MediaLimits.DEFAULT;
  private static final List<String> COSTS = Collections.synchronizedList(new ArrayList<>());
  // It is some 20 for all but one; a JVM that did much else before may take some for itself.
  private static final int ROOM_MEGABYTES = 400;

  @TempDir Path folder;

  @AfterAll
  static void print() {
    COSTS.forEach(System.out::println);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("boasts")
  void shouldRejectWhatAFewBytesClaim(String name, byte[] file, Code code) throws Exception {
    assertRejected(name, new BytesChannel(file), DEFAULT, code);
  }

  static Stream<Arguments> boasts() {
    return Stream.of(
        Arguments.of(
            "two thousand million samples of one byte",
            video(new Mp4Script.Table(Integer.MAX_VALUE, 1, 32)),
            Code.MEDIA_PROBE_TOO_COSTLY),
        Arguments.of(
            "forty million samples of one byte",
            video(new Mp4Script.Table(40_000_000, 1, 32)),
            Code.MEDIA_PROBE_TOO_COSTLY),
        Arguments.of(
            "64 tracks of eight million samples",
            Mp4Script.file(tracks(64, new Mp4Script.Table(8_000_000, 1, 32)), 1000),
            Code.MEDIA_PROBE_TOO_COSTLY),
        Arguments.of(
            "a thousand edits, each of twenty thousand samples",
            video(new Mp4Script.Table(20_000, 1, 32).withEdits(1000, 20_000)),
            Code.MEDIA_PROBE_TOO_COSTLY),
        Arguments.of(
            "5,000 tracks",
            Mp4Script.file(tracks(5000, new Mp4Script.Table(1, 1, 32)), 1000),
            Code.MEDIA_TOO_MANY_STREAMS),
        Arguments.of(
            "65 tracks",
            Mp4Script.file(tracks(65, new Mp4Script.Table(1, 1, 32)), 1000),
            Code.MEDIA_TOO_MANY_STREAMS),
        Arguments.of(
            "five frames in years",
            video(new Mp4Script.Table(5, 1, 700).withTimes(5, 1 << 30)),
            Code.MEDIA_TOO_LONG));
  }

  @Test
  void shouldRejectTheSamplesThatAFragmentClaims() throws Exception {
    assertRejected(
        "four million samples in a fragment",
        new BytesChannel(Mp4Script.fragmented(4_000_000, 1000)),
        DEFAULT.withProbe(64 << 20, Duration.ofSeconds(20)),
        Code.MEDIA_PROBE_TOO_COSTLY);
  }

  @Test
  void shouldRejectAVideoThatSaysItIsTooLong() throws Exception {
    Path file = VariantStudio.file("h264-open-gop.mp4");
    MediaLimits limits = DEFAULT.withDuration(Duration.ofSeconds(2));
    try (SeekableByteChannel channel = channel(file)) {
      assertThatThrownBy(() -> VideoCutter.open(channel, "film.mp4", CutOptions.DEFAULT, limits))
          .as("before anything is cut")
          .extracting("code")
          .isEqualTo(Code.MEDIA_TOO_LONG);
    }
    assertRejected("4 seconds by its header", channel(file), limits, Code.MEDIA_TOO_LONG);
    assertAccepted(file, DEFAULT.withDuration(Duration.ofSeconds(4)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("silentOnLength")
  void shouldRejectAVideoThatTurnsOutToBeTooLong(String name) throws Exception {
    Path file = VariantStudio.file(name);
    MediaLimits limits = DEFAULT.withDuration(Duration.ofSeconds(2));
    assertRejected("4 seconds of " + name, channel(file), limits, Code.MEDIA_TOO_LONG);
    assertAccepted(file, DEFAULT.withDuration(Duration.ofMillis(4500)));
  }

  static Stream<String> silentOnLength() {
    return Stream.of("h264-open-gop.ts", "h264-no-index.mkv", "mpeg1-open-gop.mpg");
  }

  @Test
  void shouldNotTakeASpliceOfTimestampsForALongVideo() throws Exception {
    assertAccepted(
        VariantStudio.file("jumping-back.ts"), DEFAULT.withDuration(Duration.ofSeconds(13)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("streamy")
  void shouldRejectTooManyStreamsInAnyContainer(String extension) throws Exception {
    Path file = folder.resolve("streams." + extension);
    List<String> arguments =
        new ArrayList<>(List.of("-i", VariantStudio.file("mpeg2-open-gop.ts").toString()));
    IntStream.range(0, 5).forEach(i -> arguments.addAll(List.of("-map", "0:v")));
    arguments.addAll(List.of("-c", "copy", file.toString()));
    EncoderProgram.bundled().orElseThrow().run(folder, arguments);
    assertRejected(
        "5 streams in " + extension,
        channel(file),
        DEFAULT.withStreams(4),
        Code.MEDIA_TOO_MANY_STREAMS);
    assertAccepted(file, DEFAULT.withStreams(5));
  }

  static Stream<String> streamy() {
    return Stream.of("mkv", "ts", "avi", "mp4", "mpg");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("intra")
  void shouldRejectALargePacket(String name) throws Exception {
    Path file = VariantStudio.file(name);
    assertRejected(
        "a packet of " + name,
        channel(file),
        DEFAULT.withPacketBytes(1000),
        Code.MEDIA_PACKET_TOO_LARGE);
    assertAccepted(file, DEFAULT.withPacketBytes(100_000));
  }

  static Stream<String> intra() {
    return Stream.of("mjpeg.mov", "mjpeg.mkv", "mjpeg.avi");
  }

  @ParameterizedTest
  @ValueSource(ints = {100 << 20, (1 << 30) - 1})
  void shouldRejectALargePacketWithoutReadingIt(int packetBytes) throws Exception {
    byte[] head = video(new Mp4Script.Table(1, packetBytes, 700));
    SparseChannel channel = new SparseChannel(head, 2L << 30);
    assertRejected(
        "a packet of %d bytes".formatted(packetBytes),
        channel,
        DEFAULT,
        Code.MEDIA_PACKET_TOO_LARGE);
    assertThat(channel.bytesRead).isLessThan(10 << 20);
  }

  @Test
  void shouldOpenWhatWasAcceptedBeforeWithoutLimits() throws Exception {
    for (String name : List.of("h264-open-gop.mp4", "h264-open-gop.mkv", "mpeg2-open-gop.ts")) {
      assertAccepted(VariantStudio.file(name), MediaLimits.UNLIMITED);
    }
  }

  @Test
  void shouldRejectAVideoOfManyBatches() throws Exception {
    Path file = VariantStudio.file("h264-all-intra.mp4");
    CutOptions single = CutOptions.DEFAULT.withTargetFrames(1);
    assertRejected(
        "a hundred batches",
        channel(file),
        DEFAULT.withBatches(99),
        single,
        Code.MEDIA_TOO_MANY_BATCHES);
    cut(channel(file), DEFAULT.withBatches(100), single);
  }

  @Test
  void shouldRejectWhatTakesMuchReadingToOpen() throws Exception {
    Path file = VariantStudio.file("h264-open-gop.mp4");
    assertRejected(
        "an index that is larger than may be read",
        channel(file),
        DEFAULT.withProbe(1000, Duration.ofSeconds(20)),
        Code.MEDIA_PROBE_TOO_COSTLY);
    assertAccepted(file, DEFAULT.withProbe(2 << 20, Duration.ofSeconds(20)));
    assertRejected(
        "streams that are found after more than may be read",
        channel(VariantStudio.file("mpeg2-open-gop.ts")),
        DEFAULT.withProbe(1000, Duration.ofSeconds(20)),
        Code.MEDIA_PROBE_TOO_COSTLY);
  }

  @Test
  void shouldRejectWhatTakesLongToOpen() throws Exception {
    Path file = VariantStudio.file("h264-open-gop.mp4");
    assertRejected(
        "no time",
        channel(file),
        DEFAULT.withProbe(Long.MAX_VALUE, Duration.ofNanos(1)),
        Code.MEDIA_PROBE_TOO_COSTLY);
  }

  @Test
  void shouldNotGatherAPictureThatNeverEnds() throws Exception {
    byte[] head = Files.readAllBytes(VariantStudio.file("h264-open-gop.h264"));
    assertRejected(
        "600 megabytes without the start of a picture",
        new SparseChannel(head, 600 << 20),
        DEFAULT,
        Code.MEDIA_PACKET_TOO_LARGE);
  }

  @Test
  void shouldEndAFileThatHoldsItsBytesAgainAndAgain() throws Exception {
    int size = 1_000_000;
    byte[] file =
        Mp4Script.file(
            tracks(1, new Mp4Script.Table(10_000, size, 0).withRepeatedChunk(10_000, 100_000)),
            2 * size);
    try (VideoCutter cutter =
        VideoCutter.open(new BytesChannel(file), "film.mp4", CutOptions.DEFAULT)) {
      long bytes = 0;
      while (cutter.hasNext()) {
        bytes += cutter.next().packets().stream().mapToLong(p -> p.data().remaining()).sum();
      }
      assertThat(bytes).isLessThan(100L * size);
      assertThat(cutter.summary().readError().orElseThrow()).contains("as large as the file");
    }
  }

  private static byte[] video(Mp4Script.Table table) {
    return Mp4Script.file(tracks(1, table), 1000);
  }

  private static List<byte[]> tracks(int count, Mp4Script.Table table) {
    return IntStream.rangeClosed(1, count).mapToObj(id -> Mp4Script.track(id, table)).toList();
  }

  private static SeekableByteChannel channel(Path file) {
    return SharedMedia.open(file);
  }

  private static void assertAccepted(Path file, MediaLimits limits) {
    assertThatCode(() -> cut(channel(file), limits, CutOptions.DEFAULT)).doesNotThrowAnyException();
  }

  private static void assertRejected(
      String name, SeekableByteChannel source, MediaLimits limits, Code code) throws Exception {
    assertRejected(name, source, limits, CutOptions.DEFAULT, code);
  }

  private static void assertRejected(
      String name, SeekableByteChannel source, MediaLimits limits, CutOptions options, Code code)
      throws Exception {
    long before = NativeMemory.residentMegabytes();
    NativeMemory.forgetPeak();
    long start = System.nanoTime();
    MediaException rejection =
        catchThrowableOfType(MediaException.class, () -> cut(source, limits, options));
    long millis = (System.nanoTime() - start) / 1_000_000;
    long megabytes = NativeMemory.peakMegabytes() - before;
    COSTS.add("%4d ms %4d MB  %s: %s".formatted(millis, megabytes, name, rejection));
    assertThat(rejection).isNotNull();
    assertThat(rejection.code()).isEqualTo(code);
    assertThat(megabytes).as("megabytes taken for " + name).isLessThan(ROOM_MEGABYTES);
  }

  private static void cut(SeekableByteChannel source, MediaLimits limits, CutOptions options)
      throws IOException {
    try (source;
        VideoCutter cutter = VideoCutter.open(source, "film.mp4", options, limits)) {
      cutter.forEachRemaining(batch -> {});
    }
  }

  /** A head, and then zeros that nobody has to store. */
  private static final class SparseChannel extends BytesChannel {
    private static final byte[] ZEROS = new byte[1 << 16];

    private final int head;
    private final long size;
    private long bytesRead;

    SparseChannel(byte[] head, long size) {
      super(head);
      this.head = head.length;
      this.size = size;
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
      if (position() < head) {
        return super.read(target);
      }
      int most = Math.min(target.remaining(), ZEROS.length);
      int count = (int) Math.min(most, size - position());
      if (count <= 0) {
        return -1;
      }
      target.put(ZEROS, 0, count);
      bytesRead += count;
      position(position() + count);
      return count;
    }

    @Override
    public long size() {
      return size;
    }
  }
}
