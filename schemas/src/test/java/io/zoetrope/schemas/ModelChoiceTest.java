package io.zoetrope.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelChoiceTest {
  private static final String SMALL = "yolox_s-0123456789ab";
  private static final String LARGE = "yolox_l-0123456789ab";
  private static final String OTHER_SMALL = "yolox_s-ba9876543210";

  @Test
  void shouldTakeTheFirstOfFixedModelsAsTheDefault() {
    assertThat(of(LARGE, SMALL).defaultId()).isEqualTo(LARGE);
  }

  @Test
  void shouldFindAModelByItsIdOrByTheNameInIt() {
    ModelChoice models = of(SMALL, LARGE);

    assertThat(models.idOf(LARGE)).isEqualTo(LARGE);
    assertThat(models.idOf("yolox_l")).isEqualTo(LARGE);
  }

  @Test
  void shouldTakeAnIdForOneThoughNoDetectorHasAnnouncedIt() {
    assertThat(of(SMALL).idOf(LARGE)).isEqualTo(LARGE);
  }

  @Test
  void shouldKnowWhatIsMeantAsFarAsItIsThere() {
    assertThat(of(SMALL, OTHER_SMALL, LARGE).known(List.of("yolox_l", "yolox_m", SMALL)))
        .containsExactly(LARGE, SMALL);
  }

  @ParameterizedTest
  @CsvSource({
    "yolox_s, yolox_s",
    "/models/best of.all.onnx, best_of.all",
    "models/best, best",
    "yolox_s-0123456789ab, yolox_s-0123456789ab"
  })
  void shouldTellTheNameInTheIdOfAFile(String model, String name) {
    assertThat(ModelNames.of(model)).isEqualTo(name);
  }

  @ParameterizedTest
  @CsvSource({
    "yolox_s, MODEL_UNDECIDED, 'there are several models of the name yolox_s: yolox_s-0123456789ab, yolox_s-ba9876543210'",
    "yolox, MODEL_AWAITED, no detector has announced a model of the name yolox yet",
    "yolox_s-0123456789, MODEL_AWAITED, no detector has announced a model of the name yolox_s-0123456789",
  })
  void shouldRefuseANameThatMeansNoneOrSeveral(String name, String code, String sentence) {
    assertThatThrownBy(() -> of(SMALL, OTHER_SMALL).idOf(name))
        .isInstanceOfSatisfying(EventException.class, e -> assertThat(e.code()).isEqualTo(code))
        .hasMessageContaining(sentence);
  }

  private static ModelChoice of(String... ids) {
    return ModelChoice.of(List.of(ids), ModelLabels.UNKNOWN);
  }
}
