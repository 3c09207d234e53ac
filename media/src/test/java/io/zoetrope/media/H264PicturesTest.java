package io.zoetrope.media;

import static org.assertj.core.api.Assertions.assertThat;

import io.zoetrope.media.CodedPicture.Shows;
import io.zoetrope.media.ParsedPicture.Structure;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class H264PicturesTest {
  private static final ByteBuffer NO_HEADER = ByteBuffer.allocate(0);
  private static final String RECOVERY_AT_ONCE = "000001 06 06 01 c4 80 ";
  private static final String RECOVERY_LATER = "000001 06 06 01 46 80 ";
  private static final String IDR = "00000001 65 88 84 ";
  private static final String REFERENCE_SLICE = "000001 41 9a 24 ";
  private static final String DISPOSABLE_SLICE = "000001 01 9e 42 ";

  @Test
  void shouldBeginAtAnIdrPictureThatNothingLeads() {
    CodedPicture picture = read(IDR, true, ParsedPicture.Type.INTRA);

    assertThat(picture.randomAccess()).isTrue();
    assertThat(picture.leadingMayFollow()).isFalse();
    assertThat(picture.restartsOrder()).isTrue();
  }

  @Test
  void shouldBeginAtAnIntraPictureThatIsItsOwnRecoveryPoint() {
    CodedPicture picture =
        read(RECOVERY_AT_ONCE + REFERENCE_SLICE, false, ParsedPicture.Type.INTRA);

    assertThat(picture.randomAccess()).isTrue();
    assertThat(picture.leadingMayFollow()).isTrue();
  }

  @Test
  void shouldNotBelieveTheKeyframeFlagOfTheContainer() {
    assertThat(read(REFERENCE_SLICE, true, ParsedPicture.Type.INTRA).randomAccess()).isFalse();
    assertThat(
            read(RECOVERY_LATER + REFERENCE_SLICE, true, ParsedPicture.Type.INTRA).randomAccess())
        .isFalse();
    assertThat(
            read(RECOVERY_AT_ONCE + REFERENCE_SLICE, true, ParsedPicture.Type.PREDICTED)
                .randomAccess())
        .isFalse();
  }

  @Test
  void shouldKnowThePicturesThatNothingRefersTo() {
    assertThat(read(DISPOSABLE_SLICE, false, ParsedPicture.Type.BIDIRECTIONAL).disposable())
        .isTrue();
    assertThat(read(REFERENCE_SLICE, false, ParsedPicture.Type.BIDIRECTIONAL).disposable())
        .isFalse();
    assertThat(
            read(DISPOSABLE_SLICE + REFERENCE_SLICE, false, ParsedPicture.Type.PREDICTED)
                .disposable())
        .isFalse();
    assertThat(read(RECOVERY_LATER, false, ParsedPicture.Type.UNKNOWN).disposable()).isFalse();
  }

  @Test
  void shouldPairTheFieldsThatComeInPacketsOfTheirOwn() {
    H264Pictures pictures = new H264Pictures(NO_HEADER);

    assertThat(field(pictures, Structure.TOP_FIELD)).isEqualTo(Shows.FRAME);
    assertThat(field(pictures, Structure.BOTTOM_FIELD)).isEqualTo(Shows.SECOND_FIELD);
    assertThat(field(pictures, Structure.BOTTOM_FIELD)).isEqualTo(Shows.FRAME);
    assertThat(field(pictures, Structure.TOP_FIELD)).isEqualTo(Shows.SECOND_FIELD);
    assertThat(field(pictures, Structure.TOP_FIELD)).isEqualTo(Shows.FRAME);
    assertThat(field(pictures, Structure.TOP_FIELD)).isEqualTo(Shows.FRAME);
    assertThat(field(pictures, Structure.FRAME)).isEqualTo(Shows.FRAME);
    assertThat(field(pictures, Structure.BOTTOM_FIELD)).isEqualTo(Shows.FRAME);
  }

  @Test
  void shouldReadUnitsBehindLengthsWhereTheHeaderSaysSo() {
    ByteBuffer header = ByteBuffer.wrap(bytes("01 64 00 1f fd e1 00"));
    H264Pictures pictures = new H264Pictures(header);

    CodedPicture picture =
        pictures.read(
            bytes("0005 06 06 01 c4 80 0003 41 9a 24"),
            false,
            new ParsedPicture(ParsedPicture.Type.INTRA, Structure.FRAME, 0));

    assertThat(picture.randomAccess()).isTrue();
  }

  @Test
  void shouldSurviveTruncatedUnits() {
    NalUnits lengths = NalUnits.behindLengthsOf(4);
    lengths.forEach(bytes("7fffffff 65"), (data, start, end) -> true);
    assertThat(read("000001 06", false, ParsedPicture.Type.UNKNOWN).randomAccess()).isFalse();
    assertThat(read("000001 06 ff ff", false, ParsedPicture.Type.UNKNOWN).randomAccess()).isFalse();
    assertThat(read("000001 06 06 ff", false, ParsedPicture.Type.INTRA).randomAccess()).isFalse();
  }

  @Test
  void shouldTakeOverTheUnitsInWhichTheEncoderNamesItself() {
    String x264 = "06 05 04 78323634 80 ";
    String packet = "000001 06 01 01 22 80 " + "000001 " + x264 + IDR;

    assertThat(H264Sei.encoderNames(buffer(packet), NalUnits.behindStartCodes()))
        .isEqualTo(bytes("00000001 " + x264));
    assertThat(
            H264Sei.encoderNames(
                buffer("00000008 " + x264 + "00000003 658884"), NalUnits.behindLengthsOf(4)))
        .isEqualTo(bytes("00000008 " + x264));
    assertThat(H264Sei.encoderNames(buffer(IDR), NalUnits.behindStartCodes())).isEmpty();
  }

  @Test
  void shouldTellHowManyFramesARecoveryTakes() {
    NalUnits units = NalUnits.behindStartCodes();
    assertThat(H264Sei.recoveryFrames(buffer("000001 06 06 01 84 80"), units)).isZero();
    assertThat(H264Sei.recoveryFrames(buffer("000001 06 06 02 0A40 80"), units)).isEqualTo(19);
    assertThat(H264Sei.recoveryFrames(buffer("000001 06 05 01 84 80" + IDR), units))
        .isEqualTo(H264Sei.NO_RECOVERY);
    assertThat(H264Sei.recoveryFrames(buffer("000001 06 06 01 00 80"), units))
        .isEqualTo(H264Sei.NO_RECOVERY);
  }

  private static Shows field(H264Pictures pictures, Structure structure) {
    return pictures
        .read(
            bytes(REFERENCE_SLICE),
            false,
            new ParsedPicture(ParsedPicture.Type.PREDICTED, structure, 0))
        .shows();
  }

  private static CodedPicture read(String packet, boolean key, ParsedPicture.Type type) {
    return new H264Pictures(NO_HEADER)
        .read(bytes(packet), key, new ParsedPicture(type, Structure.FRAME, 0));
  }

  private static ByteBuffer buffer(String hex) {
    return ByteBuffer.wrap(bytes(hex));
  }

  private static byte[] bytes(String hex) {
    return HexFormat.of().parseHex(hex.replace(" ", ""));
  }
}
