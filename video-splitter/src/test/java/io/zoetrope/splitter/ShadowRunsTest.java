package io.zoetrope.splitter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.zoetrope.events.RunRequested;
import io.zoetrope.events.WantedFilter;
import io.zoetrope.events.WantedRun;
import io.zoetrope.schemas.EventException;
import io.zoetrope.schemas.ModelChoice;
import io.zoetrope.schemas.ModelLabels;
import io.zoetrope.schemas.RunDefaults;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ShadowRunsTest {
  private static final RunDefaults DEFAULTS =
      new RunDefaults("model", 0.25f, 0.45f, 0)
          .withModels(
              ModelChoice.of(
                  List.of("model"),
                  new ModelLabels(
                      Map.of("model", List.of("car", "bus"), "shadow", List.of("person")))));

  @Test
  void shouldCompareAShadowWithWhatIsWantedFirst() {
    List<WantedRun> wanted = List.of(run("other", 0.6f), run("model", 0.3f));

    List<RunRequested> runs = runs(Set.of("shadow"), wanted);

    assertThat(runs)
        .extracting(RunRequested::getModelId)
        .containsExactly("other", "model", "shadow");
    assertThat(runs.get(2).getOptions()).isEqualTo(runs.get(0).getOptions());
    assertThat(runs.get(2).getSplitId()).isEqualTo(runs.get(0).getSplitId());
    assertThat(runs.get(2).getRunId()).isNotEqualTo(runs.get(0).getRunId());
  }

  @Test
  void shouldShadowTheDefaultRun() {
    assertThat(runs(Set.of("shadow"), List.of()))
        .extracting(RunRequested::getModelId)
        .containsExactly("model", "shadow");
  }

  @Test
  void shouldNotAskTwiceForAShadowThatIsWantedAnyway() {
    assertThat(runs(Set.of("shadow"), List.of(run("shadow", 0.3f)))).hasSize(1);
  }

  @Test
  void shouldNotRefuseASubmissionBecauseOfItsShadow() {
    assertThat(runs(Set.of("shadow"), List.of(cars("model"))))
        .extracting(RunRequested::getModelId)
        .containsExactly("model");
    assertThatExceptionOfType(EventException.class)
        .as("but because of what it wants itself")
        .isThrownBy(() -> runs(Set.of(), List.of(cars("shadow"))))
        .satisfies(e -> assertThat(e.code()).isEqualTo("LABEL_UNKNOWN"));
  }

  private static List<RunRequested> runs(Set<String> shadows, List<WantedRun> wanted) {
    SplitterSettings settings =
        SplitterSettings.of(Map.of(), "a", DEFAULTS).withShadowModels(() -> shadows);
    return new ShadowRuns(settings).with("video", "file:/video", wanted);
  }

  private static WantedRun run(String model, float confidence) {
    return new WantedRun(model, confidence, null, null, null, false, null, null);
  }

  private static WantedRun cars(String model) {
    WantedFilter cars = WantedFilter.newBuilder().setLabels(List.of("car")).build();
    return new WantedRun(model, null, null, null, null, false, cars, null);
  }
}
