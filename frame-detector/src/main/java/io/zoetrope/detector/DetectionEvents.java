package io.zoetrope.detector;

import io.zoetrope.detector.boxes.Detection;
import io.zoetrope.detector.inference.BatchResult;
import io.zoetrope.detector.inference.Failure;
import io.zoetrope.detector.inference.FrameResult;
import io.zoetrope.events.BatchDetections;
import io.zoetrope.events.BatchRun;
import io.zoetrope.events.FrameDetections;
import io.zoetrope.events.FrameStatus;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** From the results of a batch to the events that travel. */
final class DetectionEvents {
  private final String modelId;
  private final List<String> labels;
  private final RunCriteria criteria;

  DetectionEvents(String modelId, List<String> labels, RunCriteria criteria) {
    this.modelId = modelId;
    this.labels = labels;
    this.criteria = criteria;
  }

  /** One event for each run that wanted the batch. */
  List<BatchDetections> of(PendingBatch batch, BatchResult result) {
    return IntStream.range(0, batch.runs().size())
        .mapToObj(run -> ofRun(batch, result, run))
        .toList();
  }

  private BatchDetections ofRun(PendingBatch batch, BatchResult result, int run) {
    BatchRun wanted = batch.runs().get(run);
    Optional<Failure> failure = result.failure().or(() -> criteria.refusal(wanted.getOptions()));
    List<FrameResult> frames = failure.isPresent() ? List.of() : result.frames();
    return new BatchDetections(
        batch.videoId(),
        wanted.getRunId(),
        batch.splitId(),
        modelId,
        batch.sequence(),
        batch.firstFrame(),
        batch.expectedFrames(),
        labels,
        failure(failure),
        frames.stream().map(frame -> frame(frame, run)).toList());
  }

  private static FrameDetections frame(FrameResult frame, int run) {
    return new FrameDetections(
        frame.index(),
        frame.ptsMicros(),
        FrameStatus.valueOf(frame.status().name()),
        failure(frame.failure()),
        frame.width(),
        frame.height(),
        frame.detections().get(run).stream().map(DetectionEvents::detection).toList());
  }

  private static io.zoetrope.events.Detection detection(Detection detection) {
    return new io.zoetrope.events.Detection(
        detection.classId(),
        detection.confidence(),
        detection.x(),
        detection.y(),
        detection.width(),
        detection.height());
  }

  private static io.zoetrope.events.Failure failure(Optional<Failure> failure) {
    return failure
        .map(why -> new io.zoetrope.events.Failure(why.code(), why.message()))
        .orElse(null);
  }
}
