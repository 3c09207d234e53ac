package io.zoetrope.detector;

import static org.assertj.core.api.Assertions.assertThat;

import io.zoetrope.detector.boxes.Detection;
import io.zoetrope.detector.inference.BatchResult;
import io.zoetrope.detector.inference.Failure;
import io.zoetrope.detector.inference.FrameResult;
import io.zoetrope.detector.inference.FrameResult.Status;
import io.zoetrope.events.BatchDetections;
import io.zoetrope.events.BatchRun;
import io.zoetrope.events.FrameDetections;
import io.zoetrope.events.FrameStatus;
import io.zoetrope.events.RunFilter;
import io.zoetrope.events.RunOptions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class DetectionEventsTest {
  private static final List<String> LABELS = List.of("cat", "dog");

  private final DetectionEvents events =
      new DetectionEvents("model", LABELS, new RunCriteria("model", LABELS));
  private final PendingBatch batch =
      new PendingBatch(
          new TopicPartition("frame-batches", 0),
          17,
          "video",
          "split",
          3,
          100,
          2,
          Optional.empty(),
          List.of(run("strict", 0.5f), run("lax", 0.1f)),
          new CompletableFuture<>());

  @Test
  void shouldGiveEachRunItsOwnDetections() {
    Detection dog = new Detection(1, 0.8f, 1, 2, 3, 4);
    Detection cat = new Detection(0, 0.2f, 5, 6, 7, 8);
    BatchResult result =
        new BatchResult(
            List.of(
                new FrameResult(
                    100,
                    4_000_000,
                    Status.DAMAGED,
                    Optional.empty(),
                    640,
                    480,
                    List.of(List.of(dog), List.of(dog, cat))),
                new FrameResult(
                    101,
                    4_040_000,
                    Status.FAILED,
                    Optional.of(new Failure("FRAME_UNDECODABLE", "No picture.")),
                    0,
                    0,
                    List.of(List.of(), List.of()))),
            Optional.empty(),
            Duration.ZERO,
            Duration.ZERO);

    List<BatchDetections> detections = events.of(batch, result);

    FrameDetections failed =
        new FrameDetections(
            101L,
            4_040_000L,
            FrameStatus.FAILED,
            new io.zoetrope.events.Failure("FRAME_UNDECODABLE", "No picture."),
            0,
            0,
            List.of());
    assertThat(detections)
        .containsExactly(
            event("strict", null, frame(event(dog)), failed),
            event("lax", null, frame(event(dog), event(cat)), failed));
  }

  @Test
  void shouldSayWhyAWholeBatchFailed() {
    Failure failure = new Failure("MEDIA_UNSUPPORTED", "There is no decoder for it.");

    List<BatchDetections> detections = events.of(batch, BatchResult.failed(failure));

    io.zoetrope.events.Failure expected =
        new io.zoetrope.events.Failure("MEDIA_UNSUPPORTED", "There is no decoder for it.");
    assertThat(detections).containsExactly(event("strict", expected), event("lax", expected));
  }

  @Test
  void shouldFailARunThatKeepsALabelThatTheModelDoesNotHave() {
    RunFilter dogs = new RunFilter(List.of("dgo"), List.of(), Map.of(), 0f, 0f, List.of());
    PendingBatch both =
        new PendingBatch(
            batch.partition(),
            17,
            "video",
            "split",
            3,
            100,
            2,
            Optional.empty(),
            List.of(
                run("lax", 0.1f),
                new BatchRun("misspelt", "model", new RunOptions(0.1f, 0.45f, dogs))),
            new CompletableFuture<>());
    Detection dog = new Detection(1, 0.8f, 1, 2, 3, 4);
    FrameResult frame =
        new FrameResult(
            100,
            4_000_000,
            Status.DAMAGED,
            Optional.empty(),
            640,
            480,
            List.of(List.of(dog), List.of()));

    List<BatchDetections> detections =
        events.of(
            both, new BatchResult(List.of(frame), Optional.empty(), Duration.ZERO, Duration.ZERO));

    assertThat(detections)
        .containsExactly(
            event("lax", null, frame(event(dog))),
            event(
                "misspelt",
                new io.zoetrope.events.Failure(
                    "LABEL_UNKNOWN", "The model model has no label dgo; did you mean dog?")));
  }

  private static BatchDetections event(
      String runId, io.zoetrope.events.Failure failure, FrameDetections... frames) {
    return new BatchDetections(
        "video", runId, "split", "model", 3, 100L, 2, LABELS, failure, List.of(frames));
  }

  private static FrameDetections frame(io.zoetrope.events.Detection... detections) {
    return new FrameDetections(
        100L, 4_000_000L, FrameStatus.DAMAGED, null, 640, 480, List.of(detections));
  }

  private static io.zoetrope.events.Detection event(Detection detection) {
    return new io.zoetrope.events.Detection(
        detection.classId(),
        detection.confidence(),
        detection.x(),
        detection.y(),
        detection.width(),
        detection.height());
  }

  private static BatchRun run(String id, float confidence) {
    return new BatchRun(id, "model", new RunOptions(confidence, 0.45f, null));
  }
}
