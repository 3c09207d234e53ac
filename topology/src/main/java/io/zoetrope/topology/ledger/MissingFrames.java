package io.zoetrope.topology.ledger;

import io.zoetrope.events.BatchDetections;
import io.zoetrope.events.FrameDetections;
import io.zoetrope.events.FrameStatus;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Failed frames that are neighbours in one batch and have one reason.
 *
 * @param firstFrame index within the split
 * @param lastFrame index within the split, inclusive
 * @param firstMicros of the first of them, from the first displayed frame; null where unknown
 */
public record MissingFrames(
    int sequence, long firstFrame, long lastFrame, Long firstMicros, Reason reason) {
  private static final int MOST_MESSAGES = 3;
  private static final Reason UNEXPLAINED =
      new Reason("FRAME_FAILED", "the detector gave no reason");
  private static final Reason UNMENTIONED =
      new Reason("FRAME_UNACCOUNTED", "the splitter announced the frame, but no result names it");

  /**
   * Every failed frame of a run; at its end those too that no batch speaks of. Where a failed batch
   * doesn't know its frames, they are those that its neighbours leave.
   *
   * @param batches that are in, in order of their sequence
   */
  public static List<MissingFrames> in(Iterator<BatchDetections> batches, Standing standing) {
    boolean allIn =
        standing.status() == RunStatus.COMPLETE || standing.status() == RunStatus.INCOMPLETE;
    List<MissingFrames> missing = new ArrayList<>();
    List<BatchDetections> unplaced = new ArrayList<>();
    long next = 0;
    int sequence = 0;
    while (batches.hasNext()) {
      BatchDetections batch = batches.next();
      sequence = batch.getSequence();
      if (batch.getFirstFrame() < 0) {
        unplaced.add(batch);
        continue;
      }
      if (allIn) {
        addUnmentioned(sequence, next, batch.getFirstFrame(), unplaced, missing);
      }
      unplaced.clear();
      addMissing(batch, missing);
      next = Math.max(next, batch.getFirstFrame() + batch.getExpectedFrames());
    }
    if (allIn) {
      addUnmentioned(sequence, next, standing.expectedFrames(), unplaced, missing);
    }
    return missing;
  }

  /** How many frames these are. */
  public long count() {
    return lastFrame - firstFrame + 1;
  }

  /**
   * Adds the frames between two batches.
   *
   * @param unplaced the failed batches between the two that don't know their frames
   */
  private static void addUnmentioned(
      int sequence,
      long from,
      long to,
      List<BatchDetections> unplaced,
      List<MissingFrames> missing) {
    if (from >= to) {
      return;
    }
    missing.add(
        unplaced.isEmpty()
            ? new MissingFrames(sequence, from, to - 1, null, UNMENTIONED)
            : new MissingFrames(
                unplaced.get(0).getSequence(), from, to - 1, null, common(unplaced)));
  }

  /** Why batches failed whose frames can't be told apart. */
  private static Reason common(List<BatchDetections> failed) {
    Reason first = Reason.of(failed.get(0).getFailure());
    String messages =
        failed.stream()
            .map(batch -> batch.getFailure().getMessage())
            .distinct()
            .limit(MOST_MESSAGES)
            .collect(Collectors.joining("; or "));
    return new Reason(first.code(), messages);
  }

  private static void addMissing(BatchDetections batch, List<MissingFrames> missing) {
    int expected = batch.getExpectedFrames();
    FrameDetections[] frames = byOrdinal(batch);
    int first = 0;
    while (first < expected) {
      Reason reason = reason(batch, frames[first]);
      int end = first + 1;
      while (end < expected && reason != null && reason.equals(reason(batch, frames[end]))) {
        end++;
      }
      if (reason != null) {
        missing.add(
            new MissingFrames(
                batch.getSequence(),
                batch.getFirstFrame() + first,
                batch.getFirstFrame() + end - 1,
                frames[first] == null ? null : (Long) frames[first].getPtsMicros(),
                reason));
      }
      first = end;
    }
  }

  private static FrameDetections[] byOrdinal(BatchDetections batch) {
    FrameDetections[] frames = new FrameDetections[batch.getExpectedFrames()];
    for (FrameDetections frame : batch.getFrames()) {
      long ordinal = frame.getFrame() - batch.getFirstFrame();
      frames[Math.toIntExact(ordinal)] = frame;
    }
    return frames;
  }

  /**
   * Why a frame failed; null where it didn't.
   *
   * @param frame of {@code batch}; null where that doesn't speak of it
   */
  public static Reason reason(BatchDetections batch, FrameDetections frame) {
    if (batch.getFailure() != null) {
      return Reason.of(batch.getFailure());
    }
    if (frame == null) {
      return UNMENTIONED;
    }
    if (frame.getStatus() != FrameStatus.FAILED) {
      return null;
    }
    return frame.getFailure() == null ? UNEXPLAINED : Reason.of(frame.getFailure());
  }
}
