package io.zoetrope.assembler;

import io.zoetrope.batches.BatchReferences;
import io.zoetrope.events.FrameBatch;
import io.zoetrope.events.SegmentRendered;
import io.zoetrope.events.SegmentRequested;
import io.zoetrope.isolation.TrialProcess;
import io.zoetrope.isolation.TrialResult;
import io.zoetrope.isolation.TrialResult.Outcome;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes segments that may kill whoever makes them: in a child process, which reads originals
 * through this one. Where the child dies of a segment, another one makes it without decoding
 * anything: a video with some frames marked, and named, is more than none. One segment at a time.
 */
final class SegmentTrials implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SegmentTrials.class);

  /** Of frames that nobody can make the pictures of, and of renders that fail of it. */
  static final String CRASHED = "SEGMENT_CRASHED";

  /** Of frames whose batch killed the detectors that decoded it. */
  private static final String DECODER_CRASHED = "DECODER_CRASHED";

  /** With what it takes to get to a segment's first frame. */
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private static final Duration PATIENCE_PER_FRAME = Duration.ofSeconds(2);

  private final BatchReferences references;
  private final TrialProcess process;

  /**
   * Starts nothing yet.
   *
   * @param child whose {@code main} does what {@link SegmentTrial}'s does
   */
  SegmentTrials(BatchReferences references, Class<?> child) {
    this.references = references;
    this.process = new TrialProcess(child);
  }

  /** Whether detectors are known to have died of what is in a segment. */
  static boolean isDangerous(SegmentRequested segment) {
    return segment.getFrames().stream()
        .anyMatch(frame -> DECODER_CRASHED.equals(frame.getFailure()));
  }

  /**
   * Makes a segment.
   *
   * @param segment with all its packets in it
   * @param file that is written
   * @return empty where the child can't make it and lives, or there is no child to be had: this
   *     process would come to no harm, as far as can be said
   * @throws RenderException {@code SEGMENT_CRASHED} where a child dies even of marking it
   * @throws CancellationException where it was abandoned and {@link #close}d
   */
  Optional<SegmentRendered> make(SegmentRequested segment, Path file, BooleanSupplier abandoned) {
    TrialResult result = run(segment, "", file, abandoned);
    if (result.death().isPresent()) {
      String death = "a process that makes them " + result.detail();
      result = run(segment, CRASHED, file, abandoned);
      RenderException crash = crashed(segment.getBatch(), death);
      if (result.outcome() != Outcome.SURVIVED) {
        throw crash;
      }
      LOG.warn("Render {}: {} They are marked.", segment.getRenderId(), crash.getMessage());
    }
    return result.outcome() == Outcome.SURVIVED
        ? Optional.of(SegmentTrial.made(result.answer()))
        : Optional.empty();
  }

  private TrialResult run(
      SegmentRequested segment, String marked, Path file, BooleanSupplier abandoned) {
    FrameBatch batch = segment.getBatch();
    try (process) {
      return process.run(
          SegmentTrial.request(segment, marked, file),
          () -> references.original(batch.getChain().getLocation()),
          PATIENCE.plus(PATIENCE_PER_FRAME.multipliedBy(batch.getExpectedFrames())),
          abandoned);
    }
  }

  /**
   * What is said of pictures that nobody can make.
   *
   * @param why a sentence's end
   */
  static RenderException crashed(FrameBatch batch, String why) {
    long first = batch.getFirstFrame();
    return new RenderException(
        CRASHED,
        "The pictures of frames %d to %d can't be made: %s; convert the video."
            .formatted(first, first + batch.getExpectedFrames() - 1, why));
  }

  /** Ends the child, if there is one. From any thread. */
  @Override
  public void close() {
    process.close();
  }
}
