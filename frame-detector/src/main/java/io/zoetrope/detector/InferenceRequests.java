package io.zoetrope.detector;

import io.zoetrope.batches.BatchException;
import io.zoetrope.batches.BatchReferences;
import io.zoetrope.batches.FrameBatchReader;
import io.zoetrope.detector.inference.Chain;
import io.zoetrope.detector.inference.Failure;
import io.zoetrope.detector.inference.InferenceRequest;
import io.zoetrope.events.BatchRun;
import io.zoetrope.events.FrameBatch;
import java.util.List;
import java.util.Optional;

/** From the batches that travel to what a worker is asked. */
final class InferenceRequests {
  private InferenceRequests() {}

  /**
   * What a worker needs of a batch that {@code runs} want; its packets are read when it asks.
   *
   * @throws BatchException {@code BATCH_INVALID}; {@code LABEL_UNKNOWN} where each of the runs
   *     keeps a label that the model doesn't have
   */
  static InferenceRequest of(
      FrameBatch event,
      List<BatchRun> runs,
      RunCriteria criteria,
      Optional<Chain> chain,
      BatchReferences references) {
    List<Failure> refusals =
        runs.stream().flatMap(run -> criteria.refusal(run.getOptions()).stream()).toList();
    if (refusals.size() == runs.size()) {
      throw new BatchException(refusals.get(0).code(), refusals.get(0).message());
    }
    try {
      return new InferenceRequest(
          FrameBatchReader.stream(event.getStream()),
          event.getSequence(),
          event.getFirstFrame(),
          event.getExpectedFrames(),
          () -> FrameBatchReader.batch(references.resolve(event)),
          chain,
          runs.stream().map(run -> criteria.of(run.getOptions())).toList());
    } catch (IllegalArgumentException e) {
      throw new BatchException("BATCH_INVALID", e.getMessage(), e);
    }
  }
}
