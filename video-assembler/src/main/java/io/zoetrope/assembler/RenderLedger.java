package io.zoetrope.assembler;

import io.zoetrope.assembler.annotation.RunFrame;
import io.zoetrope.events.SegmentRendered;
import java.util.List;
import java.util.Optional;

/**
 * What the rest of the installation knows of runs and of renders. An answer is current; where there
 * is none just now, every method throws {@link LedgerUnavailableException}. Any thread.
 */
public interface RenderLedger {
  /** A run; empty where nobody asked for it. */
  Optional<RunState> run(String videoId, String runId);

  /**
   * Frames of a run in the order of their indexes.
   *
   * @param cursor of the page before; null for the first
   */
  FramePage frames(String videoId, String runId, String cursor);

  /** A render; empty where nobody asked for it, or it was deleted. */
  Optional<RenderState> render(String videoId, String renderId);

  /** The segments of a render that are there, by their sequence, if they are of this revision. */
  List<SegmentRendered> segments(String videoId, String renderId, int revision);

  /**
   * How a run stands.
   *
   * @param ended whether nothing is still to come
   * @param revision how often its end was published
   * @param rejection why the video can't be cut, where it can't
   * @param failures of frames, in the order of their indexes
   */
  record RunState(
      boolean ended, int revision, Optional<Failure> rejection, List<FailedFrames> failures) {}

  /** A stable code and a sentence. */
  record Failure(String code, String message) {}

  /** Frames from {@code first} to {@code last} that failed for one reason. */
  record FailedFrames(long first, long last, String code) {}

  /**
   * Some of a run's frames.
   *
   * @param cursor for the next page; null on the last
   */
  record FramePage(List<RunFrame> frames, String cursor) {}

  /**
   * How a render stands.
   *
   * @param revision of the run that this is about
   * @param segments how many of them are there
   */
  record RenderState(Status status, int revision, int segments) {
    /** How far it is. */
    public enum Status {
      /** Something is still to come. */
      OPEN,
      /** The annotated video is there. */
      COMPLETE,
      /** There won't be one unless it is asked for again. */
      FAILED
    }

    /** How many segments are there, if this is about {@code wanted}. */
    int segments(int wanted) {
      return revision == wanted ? segments : 0;
    }

    boolean isFailed(int wanted) {
      return revision == wanted && status == Status.FAILED;
    }
  }

  /** There is no answer just now; asking again a little later is in order. */
  final class LedgerUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public LedgerUnavailableException(String message, Throwable cause) {
      super(message, cause);
    }
  }
}
