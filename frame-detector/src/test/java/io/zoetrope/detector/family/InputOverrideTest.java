package io.zoetrope.detector.family;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.zoetrope.media.InputFormat;
import io.zoetrope.media.InputFormat.Fit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InputOverrideTest {
  private static final InputFormat FORMAT = InputFormat.ultralytics(64, 32);

  @Test
  void shouldChangeOnlyWhatIsSaid() {
    assertThat(InputOverride.NONE.applyTo(FORMAT)).isEqualTo(FORMAT);
    assertThat(InputOverride.parse("bgr").applyTo(FORMAT))
        .isEqualTo(new InputFormat(64, 32, false, true, Fit.CENTRED));
    assertThat(InputOverride.parse("Top-Left, 0..255,rgb").applyTo(FORMAT))
        .isEqualTo(new InputFormat(64, 32, true, false, Fit.TOP_LEFT));
    assertThat(InputOverride.parse("stretched").applyTo(InputFormat.yolox(64, 32)))
        .isEqualTo(new InputFormat(64, 32, false, false, Fit.STRETCHED));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "top-left,0..255,bgr | bgr,0..255,top-left",
        "0..1 | 0..1",
        "centred,rgb | rgb,centred"
      })
  void shouldBeWrittenInOneOrder(String text, String canonical) {
    assertThat(InputOverride.parse(text)).hasToString(canonical);
    assertThat(InputOverride.parse(canonical)).isEqualTo(InputOverride.parse(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "rgb,", "rgb,bgr", "rgb,rgb", "0..1,0..255", "centred,stretched", "hsv"})
  void shouldRefuseAnythingElse(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> InputOverride.parse(text));
  }
}
