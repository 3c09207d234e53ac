package io.zoetrope.detector.inference;

import io.zoetrope.detector.boxes.Criteria;
import io.zoetrope.detector.boxes.Thresholds;
import io.zoetrope.media.PacketBatch;
import io.zoetrope.media.VideoStream;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Batches that are submitted as they are. */
final class Requests {
  private Requests() {}

  static CompletableFuture<BatchResult> submit(
      BatchInference inference, VideoStream stream, PacketBatch batch, List<Thresholds> runs) {
    return submit(inference, of(stream, batch, Optional.empty(), runs));
  }

  static CompletableFuture<BatchResult> submit(BatchInference inference, InferenceRequest request) {
    CompletableFuture<BatchResult> result = new CompletableFuture<>();
    inference.submit(request, result);
    return result;
  }

  static InferenceRequest of(
      VideoStream stream, PacketBatch batch, Optional<Chain> chain, List<Thresholds> runs) {
    return new InferenceRequest(
        stream,
        batch.sequence(),
        batch.firstFrame(),
        batch.expectedFrames(),
        () -> batch,
        chain,
        runs.stream().map(Criteria::of).toList());
  }
}
