package io.zoetrope.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
    assertThat(runs.get(0).getOptions()).isEqualTo(new RunOptions(0.25f, 0.45f));
    assertThat(runs.get(0).getSplit().getStream()).isEqualTo(-1);
  }

  @Test
  void shouldAskOnceForARunThatIsWishedTwice() {
    WantedRun spelledOut = new WantedRun("model-a", 0.25f, 0.45f, null);
    WantedRun leftOut = new WantedRun(null, null, null, null);
    WantedRun other = new WantedRun(null, 0.5f, null, null);

    assertThat(defaults.resolve("v", "file:/v", List.of(spelledOut, leftOut, other))).hasSize(2);
  }

  @Test
  void shouldRefuseThresholdsThatAreNone() {
    for (float value : new float[] {-0.1f, 1.1f, Float.NaN}) {
      WantedRun wanted = new WantedRun(null, value, null, null);
      assertThatThrownBy(() -> defaults.resolve("v", "file:/v", List.of(wanted)))
          .isInstanceOfSatisfying(
              EventException.class, e -> assertThat(e.code()).isEqualTo("OPTION_INVALID"))
          .hasMessageContaining("confidence");
    }
  }
}
