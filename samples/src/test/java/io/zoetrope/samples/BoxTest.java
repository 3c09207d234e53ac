package io.zoetrope.samples;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BoxTest {

  @Test
  void shouldIntersectAndUnite() {
    Box box = new Box(0, 0, 10, 10);

    assertThat(box.intersection(new Box(5, -5, 10, 10))).isEqualTo(new Box(5, 0, 5, 5));
    assertThat(box.iou(new Box(5, 0, 10, 10))).isEqualTo(50 / 150.0);
    assertThat(box.iou(box)).isEqualTo(1);
  }

  @Test
  void shouldShareNothingWithABoxThatOnlyTouchesIt() {
    Box box = new Box(0, 0, 10, 10);

    assertThat(box.iou(new Box(10, 0, 10, 10))).isZero();
    assertThat(box.intersection(new Box(20, 20, 1, 1)).area()).isZero();
  }
}
