package io.zoetrope.detector.onnx;

import static io.zoetrope.detector.TestModels.tiny;
import static org.assertj.core.api.Assertions.assertThat;

import io.zoetrope.detector.family.InputOverride;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ModelOptionsTest {
  private static final String SHA256 = "0123456789abcdef".repeat(4);

  @Test
  void shouldLeaveAModelItsOwnDigestWhereNothingIsSaid() {
    assertThat(ModelOptions.DEFAULT.identify(SHA256)).isEqualTo(SHA256);
  }

  @Test
  void shouldMakeAnotherModelOfEverythingThatIsSaid() {
    List<String> digests =
        Stream.of(
                ModelOptions.DEFAULT,
                options("yolox", "", List.of()),
                options("yolov5", "", List.of()),
                options("", "bgr", List.of()),
                options("", "bgr,top-left", List.of()),
                options("", "", List.of("a", "b")),
                options("", "", List.of("b", "a")),
                options("", "", List.of("ab")),
                options("", "", List.of("a\nlabel=b")),
                options("yolox", "bgr", List.of("a", "b")))
            .map(options -> options.identify(SHA256))
            .toList();

    assertThat(digests).doesNotHaveDuplicates().allMatch(digest -> digest.matches("[0-9a-f]{64}"));
  }

  @Test
  void shouldMeanTheSameInWhateverOrderItIsSaid() {
    assertThat(options("", "top-left,bgr", List.of()).identify(SHA256))
        .isEqualTo(options("", "bgr,top-left", List.of()).identify(SHA256));
  }

  @Test
  void shouldBePartOfTheIdOfAModel() {
    ModelOptions options = options("", "bgr", List.of("r", "g", "b"));
    try (Model model = Model.load(tiny("colours-v8.onnx"), options)) {
      assertThat(model.labels()).containsExactly("r", "g", "b");
      assertThat(model.inputFormat().rgb()).isFalse();
      assertThat(model.id())
          .isEqualTo(Model.idOf(tiny("colours-v8.onnx"), options))
          .isEqualTo("colours-v8-" + options.identify(model.sha256()).substring(0, 12))
          .isNotEqualTo(Model.idOf(tiny("colours-v8.onnx"), ModelOptions.DEFAULT));
    }
  }

  private static ModelOptions options(String family, String input, List<String> labels) {
    return new ModelOptions(
        Optional.of(family).filter(name -> !name.isEmpty()),
        Optional.of(labels).filter(names -> !names.isEmpty()),
        input.isEmpty() ? InputOverride.NONE : InputOverride.parse(input));
  }
}
