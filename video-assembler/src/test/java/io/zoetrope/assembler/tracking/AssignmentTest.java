package io.zoetrope.assembler.tracking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AssignmentTest {
  private static final double LIMIT = 0.8;

  @Test
  void shouldTakeTheBestPairsTogetherRatherThanTheBestPair() {
    double[][] distances = {{0.1, 0.2}, {0.15, 0.9}};

    assertThat(Assignment.of(distances, LIMIT)).containsExactly(1, 0);
  }

  @Test
  void shouldLeaveAloneWhoIsTooFarAway() {
    double[][] distances = {{0.8, 0.9}, {0.9, 0.3}};

    assertThat(Assignment.of(distances, LIMIT)).containsExactly(Assignment.NONE, 1);
  }

  @Test
  void shouldHaveNoPairsWithoutRowsOrColumns() {
    assertThat(Assignment.of(new double[0][], LIMIT)).isEmpty();
    assertThat(Assignment.of(new double[2][0], LIMIT))
        .containsExactly(Assignment.NONE, Assignment.NONE);
  }

  @Test
  void shouldBeAsGoodAsTheBestOfAllAssignments() {
    long seed = System.nanoTime();
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    for (int i = 0; i < 500; i++) {
      double[][] distances = new double[1 + random.nextInt(5)][1 + random.nextInt(5)];
      for (double[] row : distances) {
        Arrays.setAll(row, column -> random.nextDouble());
      }

      int[] pairs = Assignment.of(distances, LIMIT);

      double gain = 0;
      for (int row = 0; row < pairs.length; row++) {
        if (pairs[row] != Assignment.NONE) {
          assertThat(distances[row][pairs[row]]).isLessThan(LIMIT);
          gain += LIMIT - distances[row][pairs[row]];
        }
      }
      assertThat(Arrays.stream(pairs).filter(pair -> pair != Assignment.NONE))
          .doesNotHaveDuplicates();
      assertThat(gain).isCloseTo(bestGain(distances, 0, 0), within(1e-9));
    }
  }

  /** The greatest sum of what pairs are nearer than the limit, from one row on. */
  private static double bestGain(double[][] distances, int row, int taken) {
    if (row == distances.length) {
      return 0;
    }
    double best = bestGain(distances, row + 1, taken);
    for (int column = 0; column < distances[row].length; column++) {
      if ((taken & 1 << column) == 0 && distances[row][column] < LIMIT) {
        double rest = bestGain(distances, row + 1, taken | 1 << column);
        best = Math.max(best, LIMIT - distances[row][column] + rest);
      }
    }
    return best;
  }
}
