package io.zoetrope.detector.boxes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zoetrope.detector.boxes.Region.Corner;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RegionTest {
  private static final Region SQUARE = region(0.25, 0.25, 0.75, 0.25, 0.75, 0.75, 0.25, 0.75);

  /** Like a U: what lies between its arms isn't part of it. */
  private static final Region CONCAVE =
      region(0, 0, 0.25, 0, 0.25, 0.5, 0.75, 0.5, 0.75, 0, 1, 0, 1, 1, 0, 1);

  @Test
  void shouldContainItsEdgeAndItsCorners() {
    assertThat(SQUARE.contains(0.5, 0.5)).isTrue();
    for (double[] place :
        new double[][] {
          {0.25, 0.25},
          {0.75, 0.25},
          {0.75, 0.75},
          {0.25, 0.75},
          {0.5, 0.25},
          {0.75, 0.5},
          {0.5, 0.75},
          {0.25, 0.5}
        }) {
      assertThat(SQUARE.contains(place[0], place[1])).as("%s, %s", place[0], place[1]).isTrue();
    }
  }

  @Test
  void shouldNotContainWhatIsBesideIt() {
    // The last ones lie on the line through a side, or level with a corner.
    for (double[] place :
        new double[][] {
          {0.2, 0.5},
          {0.8, 0.5},
          {0.5, 0.2},
          {0.5, 0.8},
          {0.1, 0.25},
          {0.9, 0.25},
          {0.1, 0.75},
          {0.75, 0.9},
          {0.9, 0.75}
        }) {
      assertThat(SQUARE.contains(place[0], place[1])).as("%s, %s", place[0], place[1]).isFalse();
    }
  }

  @Test
  void shouldFollowAConcaveOutline() {
    assertThat(CONCAVE.contains(0.5, 0.25)).isFalse();
    assertThat(CONCAVE.contains(0.5, 0)).isFalse();
    assertThat(CONCAVE.contains(0.5, 0.5)).isTrue();
    assertThat(CONCAVE.contains(0.5, 0.75)).isTrue();
    assertThat(CONCAVE.contains(0.1, 0.1)).isTrue();
    assertThat(CONCAVE.contains(0.9, 0.5)).isTrue();
  }

  @Test
  void shouldNotContainWhatItGoesRoundTwice() {
    // A star of five points: its middle is gone round twice.
    List<Corner> corners = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      double angle = Math.PI * (4 * i - 2.5) / 5;
      corners.add(new Corner(0.5 + 0.5 * Math.cos(angle), 0.5 + 0.5 * Math.sin(angle)));
    }
    Region star = new Region(corners);

    assertThat(star.contains(0.5, 0.5)).isFalse();
    assertThat(star.contains(0.5, 0.1)).isTrue();
  }

  @Test
  void shouldBeTheSameFromWhicheverCornerAndWayRound() {
    long seed = System.nanoTime();
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    List<Corner> corners = new ArrayList<>(CONCAVE.corners());
    for (int i = 0; i < 1_000; i++) {
      Collections.rotate(corners, random.nextInt(corners.size()));
      if (random.nextBoolean()) {
        Collections.reverse(corners);
      }
      // Places that are often exactly on an edge or level with a corner.
      double x = random.nextInt(9) / 8.0;
      double y = random.nextInt(9) / 8.0;

      boolean inLegsOrBase = x <= 0.25 || x >= 0.75 || y >= 0.5;
      assertThat(new Region(corners).contains(x, y)).as("%s, %s", x, y).isEqualTo(inLegsOrBase);
    }
  }

  @Test
  void shouldRefuseWhatIsNoPolygon() {
    assertThatThrownBy(() -> region(0, 0, 1, 1)).hasMessage("a region needs 3 corners, not 2");
  }

  private static Region region(double... numbers) {
    List<Corner> corners = new ArrayList<>();
    for (int i = 0; i < numbers.length; i += 2) {
      corners.add(new Corner(numbers[i], numbers[i + 1]));
    }
    return new Region(corners);
  }
}
