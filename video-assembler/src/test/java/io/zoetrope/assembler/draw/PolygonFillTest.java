package io.zoetrope.assembler.draw;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class PolygonFillTest {
  private final PolygonFill fill = new PolygonFill();

  @Test
  void shouldCoverPixelsByTheirPartOfARectangle() {
    Layer layer = new Layer(6, 4);

    polygon(1.25f, 0.5f, 4.5f, 0.5f, 4.5f, 3, 1.25f, 3);
    fill.fill(layer);

    assertThat(row(layer, 0)).containsExactly(0, 96, 128, 128, 64, 0);
    assertThat(row(layer, 1)).containsExactly(0, 191, 255, 255, 128, 0);
    assertThat(row(layer, 3)).containsExactly(0, 0, 0, 0, 0, 0);
  }

  @Test
  void shouldCoverPixelsByTheirPartOfASlope() {
    Layer layer = new Layer(4, 2);

    polygon(0, 2, 4, 0, 4, 2);
    fill.fill(layer);

    assertThat(row(layer, 0)).containsExactly(0, 0, 64, 191);
    assertThat(row(layer, 1)).containsExactly(64, 191, 255, 255);
  }

  @Test
  void shouldCoverAsMuchAsATrianglesAreaWhereverItLies() {
    long seed = new Random().nextLong();
    System.out.println("PolygonFillTest seed " + seed);
    Random random = new Random(seed);
    for (int round = 0; round < 300; round++) {
      float[] at = new float[6];
      for (int i = 0; i < 6; i++) {
        at[i] = random.nextFloat() * 40;
      }
      Layer layer = new Layer(40, 40);

      polygon(at);
      fill.fill(layer);

      float area =
          Math.abs((at[2] - at[0]) * (at[5] - at[1]) - (at[4] - at[0]) * (at[3] - at[1])) / 2;
      assertThat(sum(layer) / 255f).isCloseTo(area, within(0.3f + area / 200));
    }
  }

  @Test
  void shouldCutOffWhatLiesOutside() {
    Layer layer = new Layer(8, 8);

    polygon(-20, -30, 50, -30, 50, 4, -20, 4);
    fill.fill(layer);

    for (int y = 0; y < 8; y++) {
      int covered = y < 4 ? 255 : 0;
      assertThat(row(layer, y)).containsOnly(covered);
    }
  }

  @Test
  void shouldFillBothLobesOfAPolygonThatCrossesItself() {
    Layer layer = new Layer(8, 4);

    polygon(0, 0, 8, 4, 8, 0, 0, 4);
    fill.fill(layer);

    assertThat(layer.coverage(0, 1)).isEqualTo(255);
    assertThat(layer.coverage(7, 1)).isEqualTo(255);
    assertThat(layer.coverage(3, 0)).isZero();
  }

  private void polygon(float... at) {
    fill.clear();
    fill.moveTo(at[0], at[1]);
    for (int i = 2; i < at.length; i += 2) {
      fill.lineTo(at[i], at[i + 1]);
    }
    fill.close();
  }

  private static int[] row(Layer layer, int y) {
    int[] row = new int[layer.width()];
    for (int x = 0; x < row.length; x++) {
      row[x] = layer.coverage(x, y);
    }
    return row;
  }

  private static int sum(Layer layer) {
    int sum = 0;
    for (int y = 0; y < layer.height(); y++) {
      for (int covered : row(layer, y)) {
        sum += covered;
      }
    }
    return sum;
  }
}
