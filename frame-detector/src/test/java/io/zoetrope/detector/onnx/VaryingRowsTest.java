package io.zoetrope.detector.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import io.zoetrope.detector.TinyModels;
import io.zoetrope.detector.boxes.Detection;
import io.zoetrope.detector.boxes.PostProcessor;
import io.zoetrope.detector.boxes.Thresholds;
import io.zoetrope.media.Letterbox;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class VaryingRowsTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource(names = {"FLOAT", "FLOAT16"})
  void shouldTakeAsManyRowsAsARunGives(DataType type) {
    // Given a model with suppression inside that finds as much as its first value says
    Path file =
        TinyModels.model()
            .input("images", DataType.FLOAT, 2, 3, 64, 64)
            .varyingRows("output0", type, new float[] {8, 16, 24, 32, 0.5f, 1})
            .metadata("task", "detect")
            .metadata("names", "{0: 'a', 1: 'b'}")
            .write(folder.resolve("tiny.onnx"));

    try (Model model = Model.load(file);
        InferenceLane lane = model.newLane()) {
      assertThat(model.family()).isEqualTo("end-to-end");
      PostProcessor reader = model.newPostProcessor();
      Letterbox letterbox = Letterbox.of(64, 64, model.inputFormat());

      for (int rows : List.of(0, 3, 10, 1, 0)) {
        // When
        lane.input(0).put(0, rows / 10f);
        lane.run();

        // Then
        for (int slot = 0; slot < 2; slot++) {
          assertThat(reader.detect(lane.output(slot), new Thresholds(0.25f, 0.45f), letterbox))
              .isEqualTo(Collections.nCopies(rows, new Detection(1, 0.5f, 8, 16, 16, 16)));
        }
      }
    }
  }
}
