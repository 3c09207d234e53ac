package io.zoetrope.assembler.draw;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LayerTest {
  private static final Tone BRIGHT = new Tone(220, 40, 200);

  @Test
  void shouldLayAColourWhereItIsCoveredAndNowhereElse() {
    TestPicture picture = TestPicture.of(20, 10, 100);
    Layer layer = new Layer(20, 10);

    layer.raise(3, 19, 4, 255);
    layer.raise(3, 19, 5, 255);
    layer.blend(picture.canvas(), BRIGHT, 256);

    assertThat(picture.luma(3, 4)).isEqualTo(220);
    assertThat(picture.luma(18, 5)).isEqualTo(220);
    assertThat(picture.luma(2, 4)).isEqualTo(100);
    assertThat(picture.luma(19, 4)).isEqualTo(100);
    assertThat(picture.luma(3, 3)).isEqualTo(100);
    assertThat(picture.luma(3, 6)).isEqualTo(100);
    assertThat(picture.tone(10, 4)).isEqualTo(BRIGHT);
  }

  @Test
  void shouldGiveChromaTheMeanOfItsFourPixels() {
    TestPicture picture = TestPicture.of(4, 4, 100);
    Layer layer = new Layer(4, 4);

    layer.raise(0, 0, 255);
    layer.blend(picture.canvas(), BRIGHT, 256);

    assertThat(picture.luma(0, 0)).isEqualTo(220);
    assertThat(picture.cb(0, 0)).isEqualTo(128 - 22);
    assertThat(picture.cr(0, 0)).isEqualTo(128 + 18);
  }

  @Test
  void shouldMixByCoverageAndOpacity() {
    TestPicture picture = TestPicture.of(4, 4, 100);
    Layer layer = new Layer(4, 4);

    layer.raise(0, 0, 128);
    layer.raise(2, 2, 255);
    layer.blend(picture.canvas(), BRIGHT, 128);

    assertThat(picture.luma(0, 0)).isEqualTo(130);
    assertThat(picture.luma(2, 2)).isEqualTo(160);
  }

  @Test
  void shouldBeEmptyOnceItIsBlended() {
    Layer layer = new Layer(12, 6);
    layer.raise(0, 12, 3, 200);
    layer.blend(TestPicture.of(12, 6, 0).canvas(), BRIGHT, 256);
    TestPicture picture = TestPicture.of(12, 6, 100);

    layer.blend(picture.canvas(), BRIGHT, 256);

    assertThat(picture.digest()).isEqualTo(TestPicture.of(12, 6, 100).digest());
  }

  @Test
  void shouldKeepTheHighestCoverageOfShapesThatOverlap() {
    Layer layer = new Layer(8, 2);

    layer.raise(0, 6, 0, 90);
    layer.raise(4, 8, 0, 60);
    layer.raise(5, 0, 200);

    assertThat(layer.coverage(4, 0)).isEqualTo(90);
    assertThat(layer.coverage(5, 0)).isEqualTo(200);
    assertThat(layer.coverage(6, 0)).isEqualTo(60);
  }

  @Test
  void shouldCutOffWhatLiesOutside() {
    Layer layer = new Layer(8, 4);
    Layer stamp = new Layer(4, 4);
    for (int y = 0; y < 4; y++) {
      stamp.raise(0, 4, y, 50 + y);
    }

    layer.raise(stamp, -2, -3);
    layer.raise(stamp, 6, 2);
    layer.raise(stamp, 8, 0);
    layer.raise(-5, 100, 1, 9);
    layer.raise(3, 4, 255);

    assertThat(layer.coverage(1, 0)).isEqualTo(53);
    assertThat(layer.coverage(2, 0)).isZero();
    assertThat(layer.coverage(7, 3)).isEqualTo(51);
    assertThat(layer.coverage(5, 3)).isZero();
    assertThat(layer.coverage(7, 1)).isEqualTo(9);
  }
}
