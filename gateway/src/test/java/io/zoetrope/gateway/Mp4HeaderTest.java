package io.zoetrope.gateway;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Mp4HeaderTest {
  private static final byte[] NOTHING = {};

  @ParameterizedTest(name = "{3}")
  @CsvSource({
    "avc1, avcC, 0164001fffe1, avc1.64001f",
    "avc1, avcC, 0142c00dffe1, avc1.42c00d",
    "vp09, vpcC, 01000000001f800202020000, vp09.00.31.08",
    "av01, av1C, 81050c00, av01.0.05M.08",
    "av01, av1C, 81104c00, av01.0.16M.10",
    "av01, av1C, 8148e000, av01.2.08H.12"
  })
  void shouldTellPictures(String entry, String box, String configuration, String codec) {
    byte[] fields = new byte[78];
    ByteBuffer.wrap(fields).putShort(24, (short) 1280).putShort(26, (short) 720);
    byte[] header =
        header(
            entry, List.of(fields, box("free"), box(box, HexFormat.of().parseHex(configuration))));

    assertThat(Mp4Header.of(header)).contains(new Mp4Header(codec, 1280, 720));
  }

  @ParameterizedTest(name = "{1}")
  @CsvSource({
    "00000000 0319 0001 00 0411 40 15 000000 00000000 00000000 0502 1210 060102, mp4a.40.2",
    "00000000 0380808022 0001 00 0480808014 40 15 000000 00000000 00000000 0580808002 2b11, mp4a.40.5",
    "00000000 0319 0001 00 0411 40 15 000000 00000000 00000000 0502 f940 060102, mp4a.40.42",
    "00000000 0319 0001 00 040d 6b 15 000000 00000000 00000000 060102, mp4a.6b"
  })
  void shouldTellSound(String esds, String codec) {
    byte[] descriptors = HexFormat.of().parseHex(esds.replace(" ", ""));
    byte[] header = header("mp4a", List.of(new byte[28], box("esds", descriptors)));

    assertThat(Mp4Header.of(header)).contains(new Mp4Header(codec, 0, 0));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Opus", "fLaC", "alac", "ac-3", "ec-3", "ipcm", "fpcm"})
  void shouldTellSoundThatIsNamedAsItsEntry(String entry) {
    assertThat(Mp4Header.of(header(entry, List.of(new byte[28]))))
        .contains(new Mp4Header(entry, 0, 0));
  }

  @Test
  void shouldTellNothingOfWhatItDoesNotKnow() {
    assertThat(Mp4Header.of(header("jpeg", List.of(new byte[78])))).isEmpty();
    assertThat(Mp4Header.of("0123456789".getBytes(US_ASCII))).isEmpty();
    assertThat(Mp4Header.of(NOTHING)).isEmpty();
  }

  private static byte[] header(String entry, List<byte[]> content) {
    byte[] entries =
        concat(List.of(new byte[] {0, 0, 0, 0, 0, 0, 0, 1}, box(entry, concat(content))));
    byte[] track = box("trak", box("mdia", box("minf", box("stbl", box("stsd", entries)))));
    return concat(
        List.of(box("ftyp", new byte[8]), box("moov", concat(List.of(box("mvhd"), track)))));
  }

  private static byte[] box(String type) {
    return box(type, NOTHING);
  }

  private static byte[] box(String type, byte[] content) {
    return ByteBuffer.allocate(8 + content.length)
        .putInt(8 + content.length)
        .put(type.getBytes(US_ASCII))
        .put(content)
        .array();
  }

  private static byte[] concat(List<byte[]> parts) {
    ByteBuffer all = ByteBuffer.allocate(parts.stream().mapToInt(part -> part.length).sum());
    parts.forEach(all::put);
    return all.array();
  }
}
