package io.zoetrope.media;

import static org.assertj.core.api.Assertions.assertThat;

import io.zoetrope.media.CodedPicture.Shows;
import io.zoetrope.media.PacketReader.ReadPacket;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.bytedeco.ffmpeg.global.avcodec;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The generated media have in them what they are there for, whatever an encoder made of it. */
class VariantsTest {
  private static final int RADL_N = 6;
  private static final int RADL_R = 7;
  private static final int CRA = 21;

  @ParameterizedTest(name = "{0} has {1}")
  @MethodSource("promises")
  void shouldHoldWhatTheNamePromises(String name, String promise, Predicate<ReadPacket> shows)
      throws Exception {
    assertThat(packets(name)).as(promise).anyMatch(shows);
  }

  @ParameterizedTest
  @CsvSource({
    "rotated-90.mp4, 270, 120, 160",
    "rotated-180.mov, 180, 160, 120",
    "rotated-270.mp4, 90, 120, 160",
    "mirrored.mp4, 0, 160, 120",
    "wide-pixels.mp4, 0, 160, 120",
    "odd-size.mp4, 0, 161, 121"
  })
  void shouldKnowHowAPictureStandsUpright(String name, int rotation, int width, int height)
      throws Exception {
    try (SeekableByteChannel channel = SharedMedia.open(VariantStudio.file(name));
        VideoCutter cutter = VideoCutter.open(channel, name, CutOptions.DEFAULT)) {
      assertThat(cutter.stream().rotation()).isEqualTo(rotation);
      assertThat(cutter.stream().uprightWidth()).isEqualTo(width);
      assertThat(cutter.stream().uprightHeight()).isEqualTo(height);
    }
  }

  static Stream<Arguments> promises() {
    return Stream.of(
        promise("h264-open-gop.mp4", "leading pictures", p -> leads(p)),
        promise("h264-intra-refresh.mp4", "keyframes that are none", p -> isKey(p) && !begins(p)),
        promise("h264-fields.h264", "second fields", p -> shows(p, Shows.SECOND_FIELD)),
        promise("h264-broadcast.ts", "non-IDR beginnings", p -> begins(p) && leads(p)),
        promise("hevc-open-gop.mp4", "CRA pictures", p -> hevcType(p) == CRA),
        promise("hevc-open-gop.mp4", "RASL pictures", p -> p.picture().needsPast()),
        promise("hevc-radl.mp4", "RADL pictures", p -> isRadl(hevcType(p))),
        promise(
            "hevc-temporal-layers.mp4", "a second layer", p -> (p.packet().data().get(5) & 7) == 2),
        promise("vp8-alt-ref.webm", "invisible frames", p -> shows(p, Shows.NOTHING)),
        promise("vp9-alt-ref.webm", "superframes", VariantsTest::isSuperframe),
        promise("mpeg2-open-gop.ts", "B pictures", p -> p.picture().bidirectional()),
        promise(
            "edit-list-start.mp4",
            "discarded packets",
            p -> isFlagged(p, avcodec.AV_PKT_FLAG_DISCARD)),
        promise("negative-start.mp4", "negative times", p -> p.packet().pts() < 0),
        promise("wrapping.ts", "times that wrapped", p -> p.packet().pts() < 0),
        promise("far-from-zero.ts", "late times", p -> p.packet().pts() > 50_000 * 90_000L),
        promise(
            "missing-some-pts.ts",
            "packets without pts",
            p -> p.packet().pts() == VideoPacket.NO_TIMESTAMP),
        promise("joined-encodes.flv", "another header", p -> p.newExtradata().isPresent()),
        promise(
            "hole.ts",
            "packets marked as damaged",
            p -> isFlagged(p, avcodec.AV_PKT_FLAG_CORRUPT)));
  }

  private static Arguments promise(String name, String promise, Predicate<ReadPacket> shows) {
    return Arguments.of(name, promise, shows);
  }

  private static List<ReadPacket> packets(String name) throws Exception {
    Path file = VariantStudio.file(name);
    List<ReadPacket> packets = new ArrayList<>();
    try (SeekableByteChannel channel = SharedMedia.open(file);
        PacketReader reader =
            PacketReader.open(channel, name, CutOptions.BEST_STREAM, MediaLimits.DEFAULT)) {
      for (Optional<ReadPacket> read = reader.read(); read.isPresent(); read = reader.read()) {
        packets.add(read.get());
      }
    }
    return packets;
  }

  private static boolean begins(ReadPacket read) {
    return read.picture().randomAccess();
  }

  private static boolean leads(ReadPacket read) {
    return begins(read) && read.picture().leadingMayFollow();
  }

  private static boolean isKey(ReadPacket read) {
    return isFlagged(read, avcodec.AV_PKT_FLAG_KEY);
  }

  private static boolean isFlagged(ReadPacket read, int flag) {
    return (read.packet().flags() & flag) != 0;
  }

  private static boolean shows(ReadPacket read, Shows what) {
    return read.picture().shows() == what;
  }

  private static int hevcType(ReadPacket read) {
    return read.packet().data().get(4) >> 1 & 0x3f;
  }

  private static boolean isRadl(int type) {
    return type == RADL_N || type == RADL_R;
  }

  private static boolean isSuperframe(ReadPacket read) {
    return (read.packet().data().get(read.packet().data().limit() - 1) & 0xe0) == 0xc0;
  }
}
