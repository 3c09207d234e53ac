package io.zoetrope.media;

import static org.assertj.core.api.Assertions.assertThat;

import io.zoetrope.media.CodedPicture.Shows;
import io.zoetrope.media.ParsedPicture.Structure;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class HevcPicturesTest {
  private static final int TRAIL_N = 0;
  private static final int TRAIL_R = 1;
  private static final int RADL_N = 6;
  private static final int RASL_N = 8;
  private static final int BLA_W_LP = 16;
  private static final int IDR_W_RADL = 19;
  private static final int CRA = 21;

  private final HevcPictures pictures = new HevcPictures(ByteBuffer.allocate(0));

  @Test
  void shouldBeginAtIntraRandomAccessPointsOnly() {
    assertThat(read(IDR_W_RADL).randomAccess()).isTrue();
    assertThat(read(CRA).randomAccess()).isTrue();
    assertThat(read(BLA_W_LP).randomAccess()).isTrue();
    assertThat(read(TRAIL_R).randomAccess()).isFalse();
    assertThat(read(IDR_W_RADL).leadingMayFollow()).isFalse();
    assertThat(read(CRA).leadingMayFollow()).isTrue();
  }

  @Test
  void shouldTellLeadingPicturesThatNeedThePastFromThoseThatDont() {
    read(IDR_W_RADL);
    read(CRA);
    assertThat(read(RASL_N).needsPast()).isTrue();
    assertThat(read(RADL_N).needsPast()).isFalse();
  }

  @Test
  void shouldExpectNothingOfPicturesWhosePastIsMissing() {
    read(CRA);
    assertThat(read(RASL_N).shows()).isEqualTo(Shows.NOTHING);
    read(CRA);
    assertThat(read(RASL_N).shows()).isEqualTo(Shows.FRAME);
    read(BLA_W_LP);
    assertThat(read(RASL_N).shows()).isEqualTo(Shows.NOTHING);
  }

  @Test
  void shouldOnlyLetGoPicturesOfTheHighestTemporalLayer() {
    assertThat(read(TRAIL_N, 0).disposable()).isFalse();
    readParameterSet(1);
    assertThat(read(TRAIL_N, 0).disposable()).isTrue();
    readParameterSet(3);
    assertThat(read(TRAIL_N, 0).disposable()).isFalse();
    assertThat(read(TRAIL_N, 2).disposable()).isTrue();
    assertThat(read(TRAIL_R, 2).disposable()).isFalse();
  }

  private CodedPicture read(int type) {
    return read(type, 0);
  }

  private CodedPicture read(int type, int temporalLayer) {
    byte[] packet = {0, 0, 1, (byte) (type << 1), (byte) (temporalLayer + 1), 0x55, 0x55};
    return pictures.read(
        packet, false, new ParsedPicture(ParsedPicture.Type.UNKNOWN, Structure.FRAME, 0));
  }

  private void readParameterSet(int layers) {
    byte[] packet = {
      0, 0, 1, 33 << 1, 1, (byte) ((layers - 1) << 1), 0x55, 0, 0, 1, TRAIL_R << 1, 1, 0x55
    };
    pictures.read(packet, false, new ParsedPicture(ParsedPicture.Type.UNKNOWN, Structure.FRAME, 0));
  }
}
