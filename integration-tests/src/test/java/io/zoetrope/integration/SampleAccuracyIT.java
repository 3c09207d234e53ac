package io.zoetrope.integration;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.zoetrope.integration.Application.Finished;
import io.zoetrope.samples.Box;
import io.zoetrope.samples.SampleVideo;
import io.zoetrope.samples.Samples;
import io.zoetrope.samples.Scene;
import io.zoetrope.samples.evaluation.Detection;
import io.zoetrope.samples.evaluation.MeanAveragePrecision;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The whole pipeline against the truth of a generated scene that the model was never trained on.
 */
class SampleAccuracyIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long UNSEEN_SEED = 4711;
  private static final int FRAMES = 200;

  @TempDir Path folder;

  @Test
  void shouldFindTheShapesOfAnUnseenScene() throws Exception {
    Path video = folder.resolve("unseen.mp4");
    SampleVideo.write(UNSEEN_SEED, FRAMES, video, folder.resolve("unseen.truth.jsonl"));
    Path model = Samples.copyModel(folder);

    Finished detect =
        new Application(folder)
            .run(
                "detect",
                video.toString(),
                "--model",
                model.toString(),
                "--confidence",
                "0.001",
                "--iou",
                "0.6",
                "--output",
                "found");

    assertThat(detect.status()).as(detect.err()).isZero();
    List<String> lines = Files.readAllLines(folder.resolve("found/unseen.detections.jsonl"));
    assertThat(lines).hasSize(FRAMES);
    Scene scene = new Scene(UNSEEN_SEED);
    MeanAveragePrecision precision = new MeanAveragePrecision(0.5);
    for (int frame = 0; frame < FRAMES; frame++) {
      JsonNode line = JSON.readTree(lines.get(frame));
      assertThat(line.path("frame").asInt()).isEqualTo(frame);
      precision.add(scene.frame(frame).truth(), detections(line));
    }
    System.out.printf(
        "mAP50 on seed %d: %.4f %s%n", UNSEEN_SEED, precision.mean(), precision.byLabel());
    assertThat(precision.mean()).isGreaterThanOrEqualTo(0.9);
  }

  private static List<Detection> detections(JsonNode line) {
    List<Detection> detections = new ArrayList<>();
    for (JsonNode found : line.path("detections")) {
      JsonNode box = found.path("box");
      detections.add(
          new Detection(
              found.path("label").asText(),
              found.path("confidence").asDouble(),
              new Box(
                  box.path(0).asDouble(),
                  box.path(1).asDouble(),
                  box.path(2).asDouble(),
                  box.path(3).asDouble())));
    }
    return detections;
  }
}
