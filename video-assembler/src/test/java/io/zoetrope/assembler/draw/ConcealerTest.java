package io.zoetrope.assembler.draw;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConcealerTest {
  @ParameterizedTest(name = "smooth: {0}")
  @ValueSource(booleans = {false, true})
  void shouldShowTheSameOfPicturesThatShareTheMeansOfTheirCells(boolean smooth) {
    TestPicture one = TestPicture.of(200, 200, 90);
    TestPicture other = TestPicture.of(200, 200, 90);
    for (int y = 0; y < 200; y++) {
      for (int x = 0; x < 200; x++) {
        // As much brighter here as darker there, in every cell.
        int contrast = (x + y) % 2 == 0 ? 60 : -60;
        other.canvas().luma().put(y * other.canvas().lumaStride() + x, (byte) (90 + contrast));
      }
    }
    Concealer concealer = new Concealer(smooth, 200);

    concealer.conceal(one.canvas(), new Box(50, 40, 80, 100));
    concealer.conceal(other.canvas(), new Box(50, 40, 80, 100));

    for (int y = 40; y < 140; y++) {
      for (int x = 50; x < 130; x++) {
        assertThat(other.tone(x, y)).isEqualTo(one.tone(x, y));
      }
    }
  }

  @ParameterizedTest(name = "{0} by {1} pixels")
  @CsvSource({"100, 300, 36", "640, 640, 36", "40, 12, 36", "9, 9, 9"})
  void shouldLeaveFewCells(int width, int height, int most) {
    TestPicture picture = TestPicture.textured(1000, 800, 7);

    new Concealer(false, 1000).conceal(picture.canvas(), new Box(101, 53, width, height));

    Set<Tone> tones = new HashSet<>();
    for (int y = 53; y < 53 + height; y++) {
      for (int x = 101; x < 101 + width; x++) {
        tones.add(picture.tone(x, y));
      }
    }
    assertThat(tones).hasSizeLessThanOrEqualTo(most);
  }

  @ParameterizedTest(name = "smooth: {0}")
  @ValueSource(booleans = {false, true})
  void shouldTouchNothingFurtherOff(boolean smooth) {
    TestPicture picture = TestPicture.textured(300, 200, 3);
    TestPicture before = TestPicture.textured(300, 200, 3);

    new Concealer(smooth, 300).conceal(picture.canvas(), new Box(100, 50, 60, 72));

    int differing = 0;
    for (int y = 0; y < 200; y++) {
      for (int x = 0; x < 300; x++) {
        boolean near = x >= 90 && x < 170 && y >= 40 && y < 132;
        boolean inside = x >= 100 && x < 160 && y >= 50 && y < 122;
        if (!near) {
          assertThat(picture.tone(x, y)).isEqualTo(before.tone(x, y));
        }
        if (inside && picture.luma(x, y) != before.luma(x, y)) {
          differing++;
        }
      }
    }
    assertThat(differing).isGreaterThan(60 * 72 * 9 / 10);
  }

  @ParameterizedTest(name = "smooth: {0}")
  @ValueSource(booleans = {false, true})
  void shouldConcealWhatReachesBeyondThePicture(boolean smooth) {
    TestPicture picture = TestPicture.textured(64, 48, 5);
    Concealer concealer = new Concealer(smooth, 64);

    concealer.conceal(picture.canvas(), new Box(-30, -20, 500, 400));
    concealer.conceal(picture.canvas(), new Box(63.5f, 47.5f, 10, 10));

    Set<Integer> steps = new HashSet<>();
    for (int x = 1; x < 64; x++) {
      steps.add(Math.abs(picture.luma(x, 20) - picture.luma(x - 1, 20)) / 20);
    }
    assertThat(steps).hasSizeLessThanOrEqualTo(smooth ? 1 : 3);
  }

  @Test
  void shouldConcealAWholePicture() {
    TestPicture picture = TestPicture.textured(640, 360, 5);

    new Concealer(false, 640).concealAll(picture.canvas());

    Set<Tone> tones = new HashSet<>();
    for (int y = 0; y < 360; y++) {
      for (int x = 0; x < 640; x++) {
        tones.add(picture.tone(x, y));
      }
    }
    assertThat(tones).hasSizeLessThanOrEqualTo(12 * 7);
  }
}
