package io.zoetrope.media;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SoundTest {
  private static final String PICTURES = "-f lavfi -i testsrc2=s=160x96:r=25:d=9";
  private static final String TONE = "-f lavfi -i sine=frequency=440:duration=9";
  private static final String X264 = "-c:v libx264 -preset ultrafast -pix_fmt yuv420p";

  private static final long RATE = 44_100;

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "mp4, aac, aac, true",
    "mov, aac, aac, true",
    "mkv, libopus, opus, true",
    "mkv, flac, flac, true",
    "mkv, libmp3lame, mp3, true",
    "mkv, ac3, ac3, true",
    "ts, aac, aac, false",
    "ts, mp2, mp3, true",
    "avi, libmp3lame, mp3, true",
  })
  void shouldGoAlongUnchanged(String container, String codec, String heard, boolean sameBytes)
      throws IOException {
    Path original = original(container, TONE + " " + X264 + " -c:a " + codec);

    Rendition made = Rendition.of(original, folder);

    assertThat(made.refusedSound()).isEmpty();
    assertThat(Probe.of(made.file(), "a", "stream=codec_name")).containsExactly(heard);
    List<String> packets = packets(original);
    assertThat(packets(made.file())).hasSameSizeAs(packets);
    if (sameBytes) {
      assertThat(packets(made.file())).isEqualTo(packets);
    }
    assertThat(soundStart(made.file())).isBetween(-0.03, 0.03);
  }

  @ParameterizedTest
  @CsvSource({"mkv, pcm_mulaw", "asf, wmav2", "mkv, adpcm_ms"})
  void shouldSayWhatMp4CannotHold(String container, String codec) throws IOException {
    Path original = original(container, TONE + " " + X264 + " -c:a " + codec);

    Rendition made = Rendition.of(original, folder);

    assertThat(made.refusedSound())
        .contains("Its sound, " + codec + ", can't be held by MP4; there is none here.");
    assertThat(Probe.of(made.file(), "a", "stream=codec_name")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "aac | libopus | aac | Of its 2 sounds only the best is here, aac.",
        "adpcm_ms | aac | aac "
            + "| Of its 2 sounds only one is here, aac, as MP4 can't hold the best, adpcm_ms.",
        "adpcm_ms | pcm_mulaw | '' | Its sound, adpcm_ms, can't be held by MP4; there is none here."
      })
  void shouldSayWhichOfSeveralGoesAlong(String first, String second, String heard, String note)
      throws IOException {
    Path original =
        original(
            "mkv",
            TONE
                + " -f lavfi -i sine=frequency=880:duration=9 -map 0 -map 1 -map 2 "
                + "-disposition:a:0 default -c:a:0 %s -c:a:1 %s ".formatted(first, second)
                + X264);

    Rendition made = Rendition.of(original, folder);

    assertThat(made.soundNote()).contains(note);
    assertThat(Probe.of(made.file(), "a", "stream=codec_name"))
        .isEqualTo(heard.isEmpty() ? List.of() : List.of(heard));
  }

  @ParameterizedTest
  @CsvSource({
    "flac, -sample_fmt s16, fLaC, 16",
    "flac, -sample_fmt s32, fLaC, 24",
    "alac, -sample_fmt s16p, alac, 16",
    "alac, -sample_fmt s32p, alac, 24"
  })
  void shouldTellItsDepthAsItsOwnHeaderDoes(String codec, String words, String entry, int bits)
      throws IOException {
    Path original = original("mkv", TONE + " " + X264 + " -c:a " + codec + " " + words);

    Rendition made = Rendition.of(original, folder);

    assertThat(sampleSize(made.file(), entry)).isEqualTo(bits);
  }

  @Test
  void shouldKeepTheGapsOfUncompressedSound() throws IOException {
    String gap = "-bsf:a noise=drop='between(n,130,194)' ";
    Path original = original("mkv", TONE + " " + gap + X264 + " -c:a pcm_s16le");

    Rendition made = Rendition.of(original, folder);

    long samples = (bytes(made.file()) - bytes(original)) / 2;
    assertThat(samples).as("of silence").isCloseTo(65 * 1024L, within(RATE / 1000));
  }

  private static long bytes(Path file) {
    return Probe.of(file, "a", "packet=size").stream().mapToLong(Long::parseLong).sum();
  }

  @Test
  void shouldBeHeardWhenItIsInTheOriginal() throws IOException {
    Path late = original("mkv", "-itsoffset 0.5 " + TONE + " " + X264 + " -c:a libopus");
    Path early = folder.resolve("early.mkv");
    Generated.file(early, TONE + " -itsoffset 0.7 " + PICTURES + " " + X264 + " -c:a libopus");

    Rendition madeLate = Rendition.of(late, folder);
    assertThat(soundStart(madeLate.file())).isBetween(0.48, 0.52);

    Rendition madeEarly = Rendition.of(early, folder);
    assertThat(soundStart(madeEarly.file())).isBetween(-0.01, 0.01);
    assertThat(Probe.frameTimes(madeEarly.file(), 0).get(0).getAsLong())
        .isEqualTo(Probe.frameTimes(early, 0).get(0).getAsLong() - Probe.startTime(early));
  }

  @ParameterizedTest
  @CsvSource({"mp4, aac, ''", "mkv, libopus, '-itsoffset 0.5 '", "ts, aac, ''"})
  void shouldBeHadInFragments(String container, String codec, String delay) throws IOException {
    Path original = original(container, delay + TONE + " " + X264 + " -c:a " + codec);
    Path file = folder.resolve("sound.mp4");

    Sound.Track track;
    try (SeekableByteChannel channel = SharedMedia.open(original);
        VideoCutter cutter = VideoCutter.open(channel, "original", CutOptions.DEFAULT);
        SeekableByteChannel again = SharedMedia.open(original);
        Sound sound =
            Sound.open(again, "original", cutter.stream(), cutter.startPts()).orElseThrow()) {
      track = sound.writeFragments(file);
    }

    assertThat(Mp4Boxes.of(file))
        .containsExactly("ftyp", "moov", "moof", "mdat", "moof", "mdat", "moof", "mdat");
    assertThat(track.fragments()).hasSize(3);
    assertThat(track.fragments().get(0).durationMicros()).isBetween(4_000_000L, 4_070_000L);
    assertThat(
            track.headerBytes()
                + track.fragments().stream().mapToLong(Sound.Fragment::sizeBytes).sum())
        .isEqualTo(file.toFile().length());
    assertThat(packets(file)).hasSameSizeAs(packets(original));
    assertThat(soundStart(file))
        .isBetween(delay.isEmpty() ? -0.03 : 0.48, delay.isEmpty() ? 0.03 : 0.52);
  }

  @Test
  void shouldNotBeThereWhereThereIsNone() throws IOException {
    Path original = original("mp4", X264);

    try (SeekableByteChannel channel = SharedMedia.open(original);
        VideoCutter cutter = VideoCutter.open(channel, "original", CutOptions.DEFAULT);
        SeekableByteChannel again = SharedMedia.open(original)) {
      assertThat(Sound.open(again, "original", cutter.stream(), 0)).isEqualTo(Optional.empty());
    }
  }

  @Test
  void shouldNotBeReadWhereItIsRefused() throws IOException {
    Path original = original("mkv", TONE + " " + X264 + " -c:a pcm_mulaw");

    try (SeekableByteChannel channel = SharedMedia.open(original);
        VideoCutter cutter = VideoCutter.open(channel, "original", CutOptions.DEFAULT);
        SeekableByteChannel again = SharedMedia.open(original);
        Sound sound = Sound.open(again, "original", cutter.stream(), 0).orElseThrow()) {
      assertThatIllegalStateException()
          .isThrownBy(() -> sound.writeFragments(folder.resolve("refused.mp4")));
    }
    assertThat(folder.resolve("refused.mp4")).doesNotExist();
  }

  private Path original(String container, String words) {
    return Generated.file(folder.resolve("original." + container), PICTURES + " " + words);
  }

  private static List<String> packets(Path file) {
    return Probe.of(file, "a", "packet=data_hash", "-show_packets", "-show_data_hash", "md5")
        .stream()
        .filter(line -> line.startsWith("MD5:"))
        .toList();
  }

  /** What an AudioSampleEntry says (ISO/IEC 14496-12, 12.2.3). */
  private static int sampleSize(Path file, String entry) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file));
    int type = new String(bytes.array(), ISO_8859_1).indexOf(entry);
    return bytes.getShort(type + 22);
  }

  private static double soundStart(Path file) {
    return Double.parseDouble(Probe.of(file, "a", "stream=start_time").get(0));
  }
}
