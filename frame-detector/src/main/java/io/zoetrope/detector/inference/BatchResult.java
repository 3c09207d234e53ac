package io.zoetrope.detector.inference;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What became of a batch. Everything but the times depends on the request and the model alone, not
 * on how many workers there were or which of them was first.
 *
 * @param frames every expected frame in presentation order; none where the batch failed
 * @param failure why the batch as a whole came to nothing
 * @param decoding time that decoding took, on one thread
 * @param inference time that preparing, inferring and post-processing took, over all threads
 */
public record BatchResult(
    List<FrameResult> frames, Optional<Failure> failure, Duration decoding, Duration inference) {
  public BatchResult {
    frames = List.copyOf(frames);
  }

  /** Of a batch that could not even be tried. */
  public static BatchResult failed(Failure failure) {
    return new BatchResult(List.of(), Optional.of(failure), Duration.ZERO, Duration.ZERO);
  }
}
