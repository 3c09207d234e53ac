package io.zoetrope.samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OutlineTest {
  private static final double STEP = 0.1;

  @ParameterizedTest
  @EnumSource(ShapeClass.class)
  void shouldBoundTheShapeTightlyInEveryPose(ShapeClass shape) {
    for (double radians = 0; radians < 2; radians += 0.43) {
      Pose pose = Pose.of(40.3, 35.8, 24.7, radians);

      Box extent = shape.outline().extent(pose);

      Box measured = measure(shape.outline(), pose);
      assertThat(measured.intersection(extent)).isEqualTo(measured);
      assertThat(measured.x() - extent.x()).isLessThan(0.25);
      assertThat(measured.y() - extent.y()).isLessThan(0.25);
      assertThat(extent.right() - measured.right()).isLessThan(0.25);
      assertThat(extent.bottom() - measured.bottom()).isLessThan(0.25);
    }
  }

  /** The box of all points of a fine grid that lie in the shape. */
  private static Box measure(Outline outline, Pose pose) {
    double left = 100;
    double top = 100;
    double right = 0;
    double bottom = 0;
    for (double y = 0; y < 80; y += STEP) {
      for (double x = 0; x < 80; x += STEP) {
        if (outline.signedDistance(pose.toShapeX(x, y), pose.toShapeY(x, y)) < 0) {
          left = Math.min(left, x);
          right = Math.max(right, x);
          top = Math.min(top, y);
          bottom = Math.max(bottom, y);
        }
      }
    }
    return Box.between(left, top, right, bottom);
  }

  @ParameterizedTest
  @EnumSource(ShapeClass.class)
  void shouldKnowItsArea(ShapeClass shape) {
    int inside = 0;
    double step = 0.004;
    for (double y = -1; y < 1; y += step) {
      for (double x = -1; x < 1; x += step) {
        inside += shape.outline().signedDistance(x, y) < 0 ? 1 : 0;
      }
    }

    assertThat(shape.outline().area()).isCloseTo(inside * step * step, within(0.005));
  }

  @ParameterizedTest
  @EnumSource(ShapeClass.class)
  void shouldMeasureDistancesThatNeverChangeFasterThanThePlace(ShapeClass shape) {
    Outline outline = shape.outline();
    for (double y = -1.5; y < 1.5; y += 0.04) {
      for (double x = -1.5; x < 1.5; x += 0.04) {
        double change = outline.signedDistance(x + 0.03, y + 0.04) - outline.signedDistance(x, y);
        assertThat(Math.abs(change)).isLessThanOrEqualTo(0.05 + 1e-12);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(ShapeClass.class)
  void shouldStayInsideTheUnitCircleAndTouchIt(ShapeClass shape) {
    double reach = 0;
    for (double radians = 0; radians < 6.3; radians += 0.001) {
      Pose pose = Pose.of(0, 0, 1, radians);
      reach = Math.max(reach, shape.outline().extent(pose).right());
    }

    assertThat(reach).isCloseTo(1, within(1e-6));
  }
}
