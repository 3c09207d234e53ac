package io.zoetrope.detector.inference;

import static io.zoetrope.detector.TestModels.shared;
import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OrtException;
import io.zoetrope.detector.TestVideos;
import io.zoetrope.detector.TestVideos.Cut;
import io.zoetrope.detector.boxes.Detection;
import io.zoetrope.detector.boxes.Thresholds;
import io.zoetrope.detector.onnx.Model;
import io.zoetrope.media.PacketBatch;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Real clips through real models, beside a sequential reference that shares no code with the
 * detector: {@link PlainDecoder}, {@link PlainDetector}. The first frames of each clip, or with
 * {@code -Dzoetrope.parity=all} every one, and a table of it.
 */
class ParityTest {
  private static final Thresholds THRESHOLDS = new Thresholds(0.25f, 0.45f);
  private static final boolean ALL = System.getProperty("zoetrope.parity", "").equals("all");
  private static final int FRAMES = ALL ? Integer.MAX_VALUE : 2;
  private static final int TARGET_FRAMES = ALL ? 64 : 16;
  private static final List<String> CLIPS =
      List.of(
          "car-detection.mp4",
          "traffic-720p.mp4",
          "restaurant-720p.mp4",
          "one-by-one-person-detection.mp4",
          "bangkok-360p.mp4");

  @ParameterizedTest
  @CsvSource({"yolov8n_dyn.onnx, false, 640", "yolox_nano_dyn.onnx, true, 416"})
  void shouldAgreeWithAPlainSequentialDetectorOnRealClips(String modelName, boolean yolox, int size)
      throws IOException, OrtException {
    Path modelFile = shared("models/" + modelName);
    Agreement total = new Agreement();
    System.out.printf(
        "%-20s %-34s %7s %8s %9s %9s %7s%n",
        "model", "clip", "frames", "matches", "only here", "only ref.", "F1");
    try (Model model = Model.load(modelFile);
        PlainDetector plain = new PlainDetector(modelFile, yolox, size);
        BatchInference inference = new BatchInference(model, 2)) {
      for (String clip : CLIPS) {
        Path video = shared("media/" + clip);
        List<List<Detection>> found = detections(inference, video);
        Agreement agreement = agreement(found, video, plain);
        System.out.printf(
            "%-20s %-34s %7d %8d %9d %9d %7.4f%n",
            modelName,
            clip,
            found.size(),
            agreement.matches(),
            agreement.onlyFound(),
            agreement.onlyExpected(),
            agreement.f1());
        total.add(agreement);
      }
    }
    assertThat(total.matches()).isPositive();
    assertThat(total.f1()).isGreaterThanOrEqualTo(0.99);
  }

  private static List<List<Detection>> detections(BatchInference inference, Path video)
      throws IOException {
    Cut cut = TestVideos.cut(video, TARGET_FRAMES);
    List<CompletableFuture<BatchResult>> results = new ArrayList<>();
    int frames = 0;
    for (Iterator<PacketBatch> batches = cut.batches().iterator();
        batches.hasNext() && frames < FRAMES; ) {
      PacketBatch batch = batches.next();
      results.add(Requests.submit(inference, cut.stream(), batch, List.of(THRESHOLDS)));
      frames += batch.expectedFrames();
    }
    return results.stream()
        .flatMap(result -> result.join().frames().stream())
        .limit(FRAMES)
        .map(frame -> frame.detections().get(0))
        .toList();
  }

  private static Agreement agreement(List<List<Detection>> found, Path video, PlainDetector plain)
      throws OrtException {
    Agreement agreement = new Agreement();
    try (PlainDecoder decoder = new PlainDecoder(video)) {
      for (List<Detection> detections : found) {
        PlainPicture picture = decoder.next();
        float[] input = plain.letterboxed(picture);
        agreement.add(
            detections, plain.detect(input, picture.width(), picture.height(), THRESHOLDS));
      }
      if (ALL) {
        assertThat(decoder.next()).as("frames in " + video).isNull();
      }
    }
    return agreement;
  }
}
