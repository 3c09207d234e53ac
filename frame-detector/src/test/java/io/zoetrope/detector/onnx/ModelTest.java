package io.zoetrope.detector.onnx;

import static io.zoetrope.detector.TestModels.shared;
import static io.zoetrope.detector.TestModels.tiny;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.zoetrope.detector.boxes.Detection;
import io.zoetrope.detector.boxes.Thresholds;
import io.zoetrope.detector.family.ModelException;
import io.zoetrope.detector.family.ModelException.Code;
import io.zoetrope.media.InputFormat;
import io.zoetrope.media.Letterbox;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelTest {
  private static final Thresholds THRESHOLDS = new Thresholds(0.5f, 0.45f);

  @Test
  void shouldDescribeAModel() {
    try (Model model = Model.load(tiny("colours-v8.onnx"))) {
      assertThat(model.family()).isEqualTo("ultralytics-v8");
      assertThat(model.labels()).containsExactly("red", "green", "blue");
      assertThat(model.inputFormat()).isEqualTo(InputFormat.ultralytics(64, 64));
      assertThat(model.sha256()).matches("[0-9a-f]{64}");
      assertThat(model.id()).isEqualTo("colours-v8-" + model.sha256().substring(0, 12));
    }
  }

  @Test
  void shouldNameModelsByTheirBytesAndFileName(@TempDir Path folder) throws IOException {
    Path renamed =
        Files.copy(tiny("colours-v8.onnx"), folder.resolve("my model (2)! v8.best.onnx"));

    try (Model model = Model.load(tiny("colours-v8.onnx"));
        Model copy = Model.load(renamed)) {
      assertThat(copy.id()).isEqualTo("my_model__2___v8.best-" + model.sha256().substring(0, 12));
    }
  }

  @Test
  void shouldTakeAnOpenSizeFromTheMetadata() {
    try (Model model = Model.load(tiny("colours-v8-wide.onnx"))) {
      assertThat(model.inputFormat()).isEqualTo(InputFormat.ultralytics(96, 64));
    }
  }

  @Test
  void shouldFindARedCell() {
    try (Model model = Model.load(tiny("colours-v8.onnx"));
        InferenceLane lane = model.newLane()) {
      paint(lane.input(0), 64, 8, 16, 0, 1f);
      lane.run();

      assertThat(detections(model, lane, 0)).containsExactly(new Detection(0, 1, 8, 16, 8, 8));
    }
  }

  @Test
  void shouldFindABlueCellWithYolox() {
    try (Model model = Model.load(tiny("colours-yolox.onnx"));
        InferenceLane lane = model.newLane()) {
      assertThat(model.family()).isEqualTo("yolox");
      assertThat(model.labels()).containsExactly("class 0", "class 1", "class 2");

      paint(lane.input(0), 64, 40, 0, 0, 255f);
      lane.run();

      List<Detection> detections = detections(model, lane, 0);
      assertThat(detections).hasSize(1);
      assertThat(detections.get(0).confidence())
          .isCloseTo(0.9f, org.assertj.core.data.Offset.offset(1e-6f));
      assertThat(detections.get(0))
          .isEqualTo(new Detection(2, detections.get(0).confidence(), 40, 0, 8, 8));
    }
  }

  @Test
  void shouldFillEverySlotOfAFixedBatch() {
    try (Model model = Model.load(tiny("colours-v8-batch4.onnx"));
        InferenceLane lane = model.newLane()) {
      assertThat(lane.batchSize()).isEqualTo(4);

      for (int slot = 0; slot < 4; slot++) {
        paint(lane.input(slot), 64, 8 * slot, 0, slot % 3, 1f);
      }
      lane.run();

      for (int slot = 0; slot < 4; slot++) {
        assertThat(detections(model, lane, slot))
            .containsExactly(new Detection(slot % 3, 1, 8 * slot, 0, 8, 8));
      }
    }
  }

  @Test
  void shouldRunAgainInTheSameMemory() {
    try (Model model = Model.load(tiny("colours-v8.onnx"));
        InferenceLane lane = model.newLane()) {
      for (int column = 0; column < 8; column++) {
        FloatBuffer picture = lane.input(0);
        picture.put(0, new float[picture.capacity()]);
        paint(picture, 64, 8 * column, 0, 1, 1f);
        lane.run();

        assertThat(detections(model, lane, 0))
            .containsExactly(new Detection(1, 1, 8 * column, 0, 8, 8));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "segment.onnx, was made for the task segment",
    "classifier.onnx, 'has the output [[1, 3]], one row of scores for each picture'"
  })
  void shouldRefuseWhatIsNoDetector(String name, String reason) {
    assertThatExceptionOfType(ModelException.class)
        .isThrownBy(() -> Model.load(tiny(name)))
        .withMessageContaining(name)
        .withMessageContaining(reason)
        .returns(Code.MODEL_UNSUPPORTED, ModelException::code);
  }

  @Test
  void shouldRefuseAMissingFile(@TempDir Path folder) {
    for (Path path : List.of(folder.resolve("absent.onnx"), folder)) {
      assertThatExceptionOfType(ModelException.class)
          .isThrownBy(() -> Model.load(path))
          .withMessage("There is no model file " + path + "; give the path of an ONNX file.")
          .returns(Code.MODEL_NOT_FOUND, ModelException::code);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "yolov8n_dyn.onnx, ultralytics-v8, 640, true",
    "yolox_nano.onnx, yolox, 416, false",
    "yolox_nano_dyn.onnx, yolox, 416, false"
  })
  void shouldRecogniseRealModels(String name, String family, int size, boolean ultralytics) {
    try (Model model = Model.load(shared("models/" + name))) {
      assertThat(model.family()).isEqualTo(family);
      assertThat(model.labels()).hasSize(80).startsWith("person").endsWith("toothbrush");
      assertThat(model.inputFormat())
          .isEqualTo(
              ultralytics ? InputFormat.ultralytics(size, size) : InputFormat.yolox(size, size));
    }
  }

  private static List<Detection> detections(Model model, InferenceLane lane, int slot) {
    return model
        .newPostProcessor()
        .detect(lane.output(slot), THRESHOLDS, Letterbox.of(64, 64, model.inputFormat()));
  }

  /** Fills one 8x8 cell of one plane. */
  private static void paint(
      FloatBuffer picture, int size, int left, int top, int plane, float value) {
    for (int y = top; y < top + 8; y++) {
      for (int x = left; x < left + 8; x++) {
        picture.put((plane * size + y) * size + x, value);
      }
    }
  }
}
