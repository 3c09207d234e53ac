package io.zoetrope.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LetterboxTest {
  /** Values by Python: round(w * r), round(h * r), round((W - w) / 2 - 0.1), likewise for h. */
  @ParameterizedTest
  @CsvSource({
    "1280, 720, 640, 640, 640, 360, 0, 140",
    "1920, 1080, 640, 640, 640, 360, 0, 140",
    "768, 432, 640, 640, 640, 360, 0, 140",
    "361, 203, 640, 640, 640, 360, 0, 140",
    "405, 720, 640, 640, 360, 640, 140, 0",
    "1000, 333, 640, 640, 640, 213, 0, 213",
    "500, 333, 640, 480, 640, 426, 0, 27",
    "640, 425, 640, 640, 640, 425, 0, 107",
    "64, 64, 640, 640, 640, 640, 0, 0"
  })
  void shouldPlacePicturesAsUltralyticsDoes(
      int width,
      int height,
      int toWidth,
      int toHeight,
      int scaledWidth,
      int scaledHeight,
      int left,
      int top) {
    Letterbox box = Letterbox.of(width, height, InputFormat.ultralytics(toWidth, toHeight));

    assertThat(box)
        .extracting(
            Letterbox::scaledWidth, Letterbox::scaledHeight, Letterbox::left, Letterbox::top)
        .containsExactly(scaledWidth, scaledHeight, left, top);
  }

  /** Values by Python: int(w * r), int(h * r), with what its floats make of 720 * (416 / 720). */
  @ParameterizedTest
  @CsvSource({
    "1280, 720, 416, 416, 416, 234",
    "1000, 333, 416, 416, 416, 138",
    "405, 720, 416, 416, 233, 415",
    "333, 1000, 640, 640, 213, 640"
  })
  void shouldPlacePicturesAsYoloxDoes(
      int width, int height, int toWidth, int toHeight, int scaledWidth, int scaledHeight) {
    Letterbox box = Letterbox.of(width, height, InputFormat.yolox(toWidth, toHeight));

    assertThat(box)
        .extracting(
            Letterbox::scaledWidth, Letterbox::scaledHeight, Letterbox::left, Letterbox::top)
        .containsExactly(scaledWidth, scaledHeight, 0, 0);
  }

  @Test
  void shouldStretchEachAxisByItself() {
    Letterbox box = Letterbox.of(1280, 720, InputFormat.stretched(640, 480));

    assertThat(box).isEqualTo(new Letterbox(0.5, 480 / 720.0, 0, 0, 640, 480, 1280, 720));
    assertThat(box.toPictureX(320)).isCloseTo(640, within(1e-9));
    assertThat(box.toPictureY(320)).isCloseTo(480, within(1e-9));
    assertThat(box.toPictureY(481)).isEqualTo(720);
  }

  @Test
  void shouldMapBoxesBackAndClipThemToThePicture() {
    Letterbox box = Letterbox.of(1280, 720, InputFormat.ultralytics(640, 640));

    assertThat(box.toPictureX(100)).isCloseTo(200, within(1e-9));
    assertThat(box.toPictureY(240)).isCloseTo(200, within(1e-9));
    assertThat(box.toPictureY(100)).isZero();
    assertThat(box.toPictureX(700)).isEqualTo(1280);
    assertThat(box.toPictureY(639)).isEqualTo(720);
  }
}
