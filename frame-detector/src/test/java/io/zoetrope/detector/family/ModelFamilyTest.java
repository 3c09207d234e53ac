package io.zoetrope.detector.family;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.zoetrope.detector.family.ModelException.Code;
import io.zoetrope.media.InputFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ModelFamilyTest {
  private static final Map<String, String> ULTRALYTICS =
      Map.of("task", "detect", "names", "{0: 'cat', 1: 'dog'}", "stride", "32");

  @Test
  void shouldRecogniseUltralyticsByItsMetadata() {
    DetectorLayout layout = recognise(ULTRALYTICS, 640, 480, List.of(1, 6, 123));

    assertThat(layout.family()).isEqualTo("ultralytics-v8");
    assertThat(layout.labels()).containsExactly("cat", "dog");
    assertThat(layout.input()).isEqualTo(InputFormat.ultralytics(640, 480));
  }

  @Test
  void shouldRecogniseUltralyticsWithoutMetadataByItsCells() {
    DetectorLayout layout = recognise(Map.of(), 640, 640, List.of(1, 84, 8400));

    assertThat(layout.family()).isEqualTo("ultralytics-v8");
    assertThat(layout.labels()).hasSize(80).startsWith("person", "bicycle").endsWith("toothbrush");
  }

  @Test
  void shouldRecogniseYoloxByItsCells() {
    DetectorLayout layout = recognise(Map.of(), 416, 416, List.of(1, 3549, 85));

    assertThat(layout.family()).isEqualTo("yolox");
    assertThat(layout.labels()).hasSize(80);
    assertThat(layout.input()).isEqualTo(InputFormat.yolox(416, 416));
  }

  @Test
  void shouldNumberClassesThatHaveNoNames() {
    assertThat(recognise(Map.of(), 64, 64, List.of(1, 84, 8)).labels())
        .containsExactly("class 0", "class 1", "class 2");
  }

  @Test
  void shouldRefuseOtherTasksByName() {
    assertThatExceptionOfType(ModelException.class)
        .isThrownBy(
            () ->
                recognise(
                    Map.of("task", "segment", "names", "{0: 'cat'}"), 64, 64, List.of(1, 37, 84)))
        .withMessage("The model m.onnx was made for the task segment; use one for the task detect.")
        .returns(Code.MODEL_UNSUPPORTED, ModelException::code);
  }

  @Test
  void shouldRefuseWhatIsNoDetector() {
    assertThatExceptionOfType(ModelException.class)
        .isThrownBy(() -> recognise(Map.of(), 224, 224, List.of(1, 1000)))
        .withMessageContaining("m.onnx has the output [[1, 1000]] for a 224x224 input")
        .returns(Code.MODEL_UNSUPPORTED, ModelException::code);
  }

  @Test
  void shouldRefuseAnchorBasedGrids() {
    assertThatExceptionOfType(ModelException.class)
        .isThrownBy(() -> recognise(Map.of(), 640, 640, List.of(1, 25200, 85)))
        .returns(Code.MODEL_UNSUPPORTED, ModelException::code);
  }

  @Test
  void shouldRefuseMetadataThatDoesNotMatchTheOutput() {
    assertThatExceptionOfType(ModelException.class)
        .isThrownBy(() -> recognise(ULTRALYTICS, 640, 640, List.of(1, 84, 8400)))
        .returns(Code.MODEL_UNSUPPORTED, ModelException::code);
  }

  @Test
  void shouldRefuseToGuessBetweenFamilies() {
    assertThatExceptionOfType(ModelException.class)
        .isThrownBy(() -> recognise(Map.of(), 64, 64, List.of(1, 84, 84)))
        .withMessageContaining("ultralytics-v8, yolox")
        .returns(Code.MODEL_FAMILY_AMBIGUOUS, ModelException::code);
  }

  @Test
  void shouldRefuseNamesThatCannotBeRead() {
    assertThatExceptionOfType(ModelException.class)
        .isThrownBy(() -> recognise(Map.of("names", "{0: 'cat"), 64, 64, List.of(1, 5, 84)))
        .withMessageContaining("class names in the metadata of the model m.onnx")
        .returns(Code.MODEL_INVALID, ModelException::code);
  }

  private static DetectorLayout recognise(
      Map<String, String> metadata, int width, int height, List<Integer> output) {
    return ModelFamily.recogniseAny(
        new ModelSignature("m.onnx", metadata, width, height, List.of(output)));
  }
}
