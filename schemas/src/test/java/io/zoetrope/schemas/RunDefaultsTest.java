package io.zoetrope.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zoetrope.events.Rational;
import io.zoetrope.events.RunOptions;
import io.zoetrope.events.WantedRun;
import java.util.List;
import org.junit.jupiter.api.Test;

class RunDefaultsTest {
  private final RunDefaults defaults = new RunDefaults("model-a", 0.25f, 0.45f, 0);

  @Test
  void shouldFillInWhatIsLeftOut() {
    var runs = defaults.resolve("v", "file:/v", List.of());

    assertThat(runs).hasSize(1);
    assertThat(runs.get(0).getModelId()).isEqualTo("model-a");
    assertThat(runs.get(0).getOptions()).isEqualTo(new RunOptions(0.25f, 0.45f, null));
    assertThat(runs.get(0).getSplit().getStream()).isEqualTo(-1);
  }

  @Test
  void shouldAskOnceForARunThatIsWishedTwice() {
    WantedRun spelledOut = new WantedRun("model-a", 0.25f, 0.45f, null, null, false, null, null);
    WantedRun leftOut = new WantedRun(null, null, null, null, null, false, null, null);
    WantedRun other = new WantedRun(null, 0.5f, null, null, null, false, null, null);

    assertThat(defaults.resolve("v", "file:/v", List.of(spelledOut, leftOut, other))).hasSize(2);
  }

  @Test
  void shouldRefuseThresholdsThatAreNone() {
    for (float value : new float[] {-0.1f, 1.1f, Float.NaN}) {
      WantedRun wanted = new WantedRun(null, value, null, null, null, false, null, null);
      assertThatThrownBy(() -> defaults.resolve("v", "file:/v", List.of(wanted)))
          .isInstanceOfSatisfying(
              EventException.class, e -> assertThat(e.code()).isEqualTo("OPTION_INVALID"))
          .hasMessageContaining("confidence");
    }
  }

  @Test
  void shouldTakeARateExactlyToSixDecimals() {
    assertThat(maxFps(0.3)).isEqualTo(new Rational(3, 10));
    assertThat(maxFps(29.97)).isEqualTo(new Rational(2997, 100));
    assertThat(maxFps(1000.0)).isEqualTo(new Rational(1000, 1));
    assertThat(maxFps(1 / 3.0)).isEqualTo(new Rational(333_333, 1_000_000));
  }

  @Test
  void shouldRefuseARateThatIsNone() {
    for (double value : new double[] {0, -1, 1000.1, Double.NaN}) {
      assertThatThrownBy(() -> maxFps(value))
          .isInstanceOfSatisfying(
              EventException.class, e -> assertThat(e.code()).isEqualTo("OPTION_INVALID"))
          .hasMessageContaining("maxFps");
    }
  }

  @Test
  void shouldRefuseARateOfKeyframes() {
    WantedRun both = new WantedRun(null, null, null, null, 1.0, true, null, null);

    assertThatThrownBy(() -> defaults.explicit(both))
        .isInstanceOfSatisfying(
            EventException.class, e -> assertThat(e.code()).isEqualTo("OPTION_INVALID"))
        .hasMessageContaining("exclude each other");
  }

  private Rational maxFps(double value) {
    WantedRun wanted = new WantedRun(null, null, null, null, value, false, null, null);
    return defaults.resolve("v", "file:/v", wanted).getSplit().getMaxFps();
  }
}
