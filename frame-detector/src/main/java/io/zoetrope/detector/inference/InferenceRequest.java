package io.zoetrope.detector.inference;

import io.zoetrope.batches.BatchException;
import io.zoetrope.detector.boxes.Criteria;
import io.zoetrope.media.PacketBatch;
import io.zoetrope.media.VideoStream;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A batch and what is wanted of it.
 *
 * @param sequence ordinal of the batch in its split
 * @param firstFrame index of its first frame in the whole split
 * @param expectedFrames how many there are; 0 for a batch that only brings its chain further
 * @param packets read once, by the worker that decodes the batch, and dropped when it is decoded;
 *     throws a {@link BatchException} where they can't be had
 * @param chain whose decoder the batch needs, where it can't be decoded alone
 * @param runs what each run counts; all of them share one inference
 */
public record InferenceRequest(
    VideoStream stream,
    int sequence,
    long firstFrame,
    int expectedFrames,
    Supplier<PacketBatch> packets,
    Optional<Chain> chain,
    List<Criteria> runs) {
  public InferenceRequest {
    runs = List.copyOf(runs);
  }
}
