package io.zoetrope.detector.inference;

import static io.zoetrope.detector.TestModels.shared;
import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.zoetrope.detector.TestVideos;
import io.zoetrope.detector.TestVideos.Cut;
import io.zoetrope.detector.boxes.Detection;
import io.zoetrope.detector.boxes.Thresholds;
import io.zoetrope.detector.family.Family;
import io.zoetrope.detector.family.PlainPostProcessing;
import io.zoetrope.detector.family.SameDetections;
import io.zoetrope.detector.onnx.InferenceLane;
import io.zoetrope.detector.onnx.Model;
import io.zoetrope.media.BatchDecoder;
import io.zoetrope.media.FramePreparer;
import io.zoetrope.media.InputFormat;
import io.zoetrope.media.Letterbox;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The same input tensor through a real model and a plain post-processing of what it gives. */
class RealModelTest {
  @ParameterizedTest
  @CsvSource({
    "yolov8n_dyn.onnx, ULTRALYTICS_V8, restaurant-720p.mp4, 0.25",
    "yolov8n_dyn.onnx, ULTRALYTICS_V8, traffic-720p.mp4, 0.001",
    "yolox_nano.onnx, YOLOX, restaurant-720p.mp4, 0.25",
    "yolox_nano.onnx, YOLOX, traffic-720p.mp4, 0.001",
    "yolox_nano_dyn.onnx, YOLOX, car-detection.mp4, 0.1"
  })
  void shouldReadTheTensorsOfRealModelsAsTheirReferenceDoes(
      String modelName, Family family, String videoName, float confidence) throws IOException {
    Path file = shared("models/" + modelName);
    Thresholds thresholds = new Thresholds(confidence, 0.45f);
    Cut video = TestVideos.cut(shared("media/" + videoName), 2);
    try (Model model = Model.load(file);
        InferenceLane lane = model.newLane();
        FramePreparer preparer = new FramePreparer();
        BatchDecoder decoder = new BatchDecoder(video.stream(), 1)) {
      InputFormat format = model.inputFormat();
      decoder.decode(
          video.batches().get(0),
          frame -> {
            try (frame) {
              Letterbox letterbox = preparer.prepare(frame, format, lane.input(0));
              lane.run();
              List<Detection> found =
                  model.newPostProcessor().detect(lane.output(0), thresholds, letterbox);

              PlainPostProcessing plain =
                  new PlainPostProcessing(
                      format.width(),
                      format.height(),
                      frame.width(),
                      frame.height(),
                      confidence,
                      thresholds.iou());
              List<Detection> expected =
                  family.reference(plain, runAlone(file, lane.input(0), format));
              assertThat(expected).isNotEmpty();
              SameDetections.shouldBeSame(found, expected, modelName + ", " + videoName);
            }
          });
    }
  }

  /** The table that the model gives in a session of its own. */
  private static float[][] runAlone(Path model, FloatBuffer input, InputFormat format) {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    long[] shape = {1, 3, format.height(), format.width()};
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(1);
      try (OrtSession session = environment.createSession(model.toString(), options);
          OnnxTensor tensor = OnnxTensor.createTensor(environment, input, shape);
          OrtSession.Result result = session.run(Map.of("images", tensor))) {
        return ((float[][][]) result.get(0).getValue())[0];
      }
    } catch (OrtException e) {
      throw new IllegalStateException(e);
    }
  }
}
