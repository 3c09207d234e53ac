package io.zoetrope.schemas.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zoetrope.events.WantedRun;
import io.zoetrope.schemas.EventException;
import io.zoetrope.schemas.RunDefaults;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AnnouncedModelsTest {
  private static final String A = "a-0123456789ab";
  private static final String B = "b-0123456789ab";
  private static final AnnouncedModels NONE = AnnouncedModels.none(Optional.empty(), List.of());

  @Test
  void shouldTakeTheOnlyModelAsTheDefault() {
    assertThat(NONE.with(Map.of(A, List.of("car"))).completed().defaultId()).isEqualTo(A);
  }

  @Test
  void shouldTakeNoDefaultBeforeAllThatThereWasIsRead() {
    assertThatThrownBy(NONE.with(Map.of(A, List.of()))::defaultId)
        .isInstanceOfSatisfying(
            EventException.class, e -> assertThat(e.code()).isEqualTo("MODEL_AWAITED"));
  }

  @Test
  void shouldWaitWhereThereIsNoModel() {
    assertThatThrownBy(NONE.completed()::defaultId)
        .isInstanceOfSatisfying(
            EventException.class, e -> assertThat(e.code()).isEqualTo("MODEL_AWAITED"))
        .hasMessage("no detector has announced a model yet; start one with `zoetrope detector`");
  }

  @Test
  void shouldNotChooseBetweenSeveralModels() {
    AnnouncedModels models = NONE.with(Map.of(B, List.of(), A, List.of())).completed();

    assertThat(models.ids()).containsExactly(A, B);
    assertThatThrownBy(models::defaultId)
        .isInstanceOfSatisfying(
            EventException.class, e -> assertThat(e.code()).isEqualTo("MODEL_UNDECIDED"))
        .hasMessageContaining(A + ", " + B);
  }

  @Test
  void shouldTakeThePreferredOneOfSeveralByItsName() {
    AnnouncedModels models =
        AnnouncedModels.none(Optional.of("b"), List.of())
            .with(Map.of(A, List.of(), B, List.of()))
            .completed();

    assertThat(models.defaultId()).isEqualTo(B);
  }

  @Test
  void shouldTakeTheLastAnnouncedOfAName() {
    String old = "a-ffffffffffff";
    AnnouncedModels models = NONE.with(inOrder(old, A)).completed();

    assertThat(models.defaultId()).isEqualTo(A);
    assertThat(models.idOf("a")).isEqualTo(A);
    assertThat(models.idOf(old)).isEqualTo(old);
    assertThat(models.known(List.of("a", "b"))).containsExactly(A);
    assertThat(NONE.with(inOrder(A, old)).completed().defaultId()).isEqualTo(old);
  }

  @Test
  void shouldNotTakeAShadowForTheDefault() {
    AnnouncedModels models = AnnouncedModels.none(Optional.empty(), List.of("b")).completed();

    assertThat(models.with(Map.of(A, List.of(), B, List.of())).defaultId()).isEqualTo(A);
    assertThatThrownBy(models.with(Map.of(B, List.of()))::defaultId)
        .isInstanceOfSatisfying(
            EventException.class, e -> assertThat(e.code()).isEqualTo("MODEL_AWAITED"));
  }

  @Test
  void shouldLetRunsThatNameTheirModelBeResolvedWhileThereIsNoDefault() {
    RunDefaults defaults = new RunDefaults("any", 0.25f, 0.45f, 0).withModels(NONE.completed());
    var wanted = new WantedRun(A, null, null, null, null, false, null, null);

    assertThat(defaults.resolve("v", "file:/v", List.of(wanted)))
        .singleElement()
        .satisfies(run -> assertThat(run.getModelId()).isEqualTo(A));
    assertThatThrownBy(() -> defaults.resolve("v", "file:/v", List.of()))
        .isInstanceOfSatisfying(
            EventException.class, e -> assertThat(e.code()).isEqualTo("MODEL_AWAITED"));
  }

  private static Map<String, List<String>> inOrder(String... ids) {
    Map<String, List<String>> labels = new LinkedHashMap<>();
    for (String id : ids) {
      labels.put(id, List.of());
    }
    return labels;
  }
}
