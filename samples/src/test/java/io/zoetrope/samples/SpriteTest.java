package io.zoetrope.samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SpriteTest {
  private static final Wave STILL = new Wave(0, 0, 0, 0);

  @ParameterizedTest
  @EnumSource(ShapeClass.class)
  void shouldMarkThePixelsOfTheShapeAndNoOthers(ShapeClass shape) {
    Paint paint = Paint.random(SplitMix.of(1), 0.3, true);
    Sprite sprite = new Sprite(shape, STILL, STILL, STILL, 0, 0, paint);
    Canvas canvas = new Canvas(120, 100);
    Pose pose = Pose.of(57.4, 51.2, 38.5, 0.7);

    sprite.paint(canvas, pose, 2);

    double area = shape.outline().area() * pose.radius() * pose.radius();
    int[] pixels = canvas.visiblePixels(3);
    assertThat(pixels[0] + pixels[1]).isZero();
    assertThat((double) pixels[2]).isCloseTo(area, within(0.02 * area));
  }

  @ParameterizedTest
  @EnumSource(ShapeClass.class)
  void shouldCountOnlyWhatIsNotCovered(ShapeClass shape) {
    Paint paint = Paint.random(SplitMix.of(1), 0.3, true);
    Sprite below = new Sprite(shape, STILL, STILL, STILL, 0, 0, paint);
    Sprite above = new Sprite(ShapeClass.SQUARE, STILL, STILL, STILL, 0, 0, paint);
    Canvas canvas = new Canvas(120, 100);

    below.paint(canvas, Pose.of(50, 50, 20, 0), 0);
    above.paint(canvas, Pose.of(50, 50, 40, 0), 1);

    assertThat(canvas.visiblePixels(2)[0]).isZero();
  }
}
