package io.zoetrope.assembler.draw;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ColoursTest {
  /** As ITU-R's colour bars have them, at 100 %. */
  @ParameterizedTest(name = "{0} in {1}, full range: {2}")
  @CsvSource({
    "FFFFFF, bt709, false, 235, 128, 128",
    "000000, bt709, false, 16, 128, 128",
    "FF0000, bt709, false, 63, 102, 240",
    "00FF00, bt709, false, 173, 42, 26",
    "0000FF, bt709, false, 32, 240, 118",
    "FF0000, smpte170m, false, 81, 90, 240",
    "00FF00, bt470bg, false, 145, 54, 34",
    "0000FF, smpte170m, false, 41, 240, 110",
    "FF0000, bt2020nc, false, 74, 97, 240",
    "FFFFFF, smpte170m, true, 255, 128, 128",
    "FF0000, smpte170m, true, 76, 85, 255",
    "00FF00, smpte240m, false, 170, 42, 28",
    "FF0000, fcc, false, 82, 90, 240"
  })
  void shouldTellTheSamplesOfAColour(
      String rgb, String matrix, boolean fullRange, int luma, int cb, int cr) {
    Colour colour = Colour.of(Integer.parseInt(rgb, 16));

    assertThat(Colours.of(matrix, fullRange).tone(colour)).isEqualTo(new Tone(luma, cb, cr));
  }

  @Test
  void shouldTakeAMatrixThatItDoesNotKnowForBt709() {
    Colour colour = Colour.of(0x123456);

    assertThat(Colours.of("unknown", false).tone(colour))
        .isEqualTo(Colours.of("bt709", false).tone(colour));
  }
}
