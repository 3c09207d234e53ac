package io.zoetrope.detector.inference;

import static io.zoetrope.detector.TestModels.shared;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.onnxruntime.OrtException;
import io.zoetrope.detector.TestVideos;
import io.zoetrope.detector.TestVideos.Cut;
import io.zoetrope.detector.boxes.Detection;
import io.zoetrope.detector.boxes.Thresholds;
import io.zoetrope.detector.onnx.Model;
import io.zoetrope.media.BatchDecoder;
import io.zoetrope.media.DecodedFrame;
import io.zoetrope.media.FramePreparer;
import io.zoetrope.media.InputFormat;
import io.zoetrope.media.InputFormat.Fit;
import io.zoetrope.media.PacketBatch;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A few frames of real videos through real models, against the {@link PlainDetector}. */
class RealVideoTest {
  private static final Thresholds THRESHOLDS = new Thresholds(0.25f, 0.45f);

  @ParameterizedTest
  @CsvSource({
    "restaurant-720p.mp4, yolov8n_dyn.onnx, false, 640, person",
    "restaurant-720p.mp4, yolox_nano.onnx, true, 416, person",
    "car-detection.mp4, yolov8n_dyn.onnx, false, 640, ''",
    "traffic-720p.mp4, yolox_nano_dyn.onnx, true, 416, car",
    "rotated-90.mov, yolox_nano.onnx, true, 416, ''"
  })
  void shouldFindWhatAPlainSequentialDetectorFinds(
      String videoName, String modelName, boolean yolox, int size, String label)
      throws IOException, OrtException {
    Path modelFile = shared("models/" + modelName);
    Cut video = TestVideos.cut(shared("media/" + videoName), 4);
    PacketBatch batch = video.batches().get(video.batches().size() / 2);
    List<List<Detection>> expected = new ArrayList<>();
    try (PlainDetector plain = new PlainDetector(modelFile, yolox, size);
        BatchDecoder decoder = new BatchDecoder(video.stream(), 1);
        FramePreparer preparer = new FramePreparer()) {
      InputFormat format =
          yolox ? InputFormat.yolox(size, size) : InputFormat.ultralytics(size, size);
      decoder.decode(
          batch,
          frame -> {
            try (frame) {
              float[] input = prepared(preparer, frame, format);
              if (expected.isEmpty()) {
                shouldPrepareAsPlainJavaDoes(input, plain, preparer, frame, yolox ? 1 : 1 / 255.0);
              }
              expected.add(plain.detect(input, frame.width(), frame.height(), THRESHOLDS));
            } catch (OrtException e) {
              throw new IllegalStateException(e);
            }
          });
    }

    try (Model model = Model.load(modelFile);
        BatchInference inference = new BatchInference(model, 2)) {
      List<FrameResult> frames =
          Requests.submit(inference, video.stream(), batch, List.of(THRESHOLDS)).join().frames();

      assertThat(frames).hasSameSizeAs(expected).isNotEmpty();
      for (int i = 0; i < frames.size(); i++) {
        shouldBeTheSame(frames.get(i).detections().get(0), expected.get(i));
      }
      if (!label.isEmpty()) {
        assertThat(frames.get(0).detections().get(0))
            .extracting(detection -> model.labels().get(detection.classId()))
            .contains(label);
      }
    }
  }

  /**
   * The scaler filters chroma on its own grid, plain Java after it was brought to the picture's.
   */
  private static void shouldPrepareAsPlainJavaDoes(
      float[] input, PlainDetector plain, FramePreparer preparer, DecodedFrame frame, double step) {
    int width = frame.width();
    int height = frame.height();
    float[] picture =
        prepared(preparer, frame, new InputFormat(width, height, true, false, Fit.TOP_LEFT));
    float[] expected = plain.letterboxed(picture, width, height);
    double difference = 0;
    for (int i = 0; i < input.length; i++) {
      difference += Math.abs(input[i] - expected[i]);
    }
    assertThat(difference / input.length).as("mean difference of the inputs").isLessThan(step);
  }

  private static float[] prepared(FramePreparer preparer, DecodedFrame frame, InputFormat format) {
    FloatBuffer tensor =
        ByteBuffer.allocateDirect(Float.BYTES * format.floats())
            .order(ByteOrder.nativeOrder())
            .asFloatBuffer();
    preparer.prepare(frame, format, tensor);
    float[] floats = new float[format.floats()];
    tensor.get(0, floats);
    return floats;
  }

  /** To what float32 arithmetic in another order may change. */
  private static void shouldBeTheSame(List<Detection> found, List<Detection> expected) {
    assertThat(found).hasSameSizeAs(expected);
    for (int i = 0; i < found.size(); i++) {
      Detection detection = found.get(i);
      Detection other = expected.get(i);
      assertThat(detection.classId()).isEqualTo(other.classId());
      assertThat(detection.confidence()).isCloseTo(other.confidence(), within(1e-4f));
      assertThat(detection.x()).isCloseTo(other.x(), within(0.01f));
      assertThat(detection.y()).isCloseTo(other.y(), within(0.01f));
      assertThat(detection.width()).isCloseTo(other.width(), within(0.01f));
      assertThat(detection.height()).isCloseTo(other.height(), within(0.01f));
    }
  }
}
