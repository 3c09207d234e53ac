package io.zoetrope.assembler;

import io.zoetrope.assembler.RenderLedger.FailedFrames;
import io.zoetrope.assembler.RenderLedger.FramePage;
import io.zoetrope.assembler.annotation.RunFrame;
import io.zoetrope.events.FrameStatus;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The frames of a run from the first on, page by page, those that failed with what they failed
 * with. One thread.
 */
final class DetectedFrames {
  /** Of a frame that the run has nothing about at all. */
  private static final String UNKNOWN = "FRAME_MISSING";

  private final Pages pages;
  private final Deque<FailedFrames> failures;
  private final Deque<RunFrame> read = new ArrayDeque<>();
  private String cursor;
  private boolean ended;

  /** Where pages come from. */
  @FunctionalInterface
  interface Pages {
    /** The page at {@code cursor}; null: the first. */
    FramePage page(String cursor);
  }

  /**
   * Nothing is asked for yet.
   *
   * @param failures in the order of their frames
   */
  DetectedFrames(Pages pages, List<FailedFrames> failures) {
    this.pages = pages;
    this.failures = new ArrayDeque<>(failures);
  }

  /** The next {@code count} frames, from index {@code first}, which is behind all taken before. */
  List<RunFrame> take(long first, int count) {
    List<RunFrame> taken = new ArrayList<>(count);
    for (long index = first; index < first + count; index++) {
      taken.add(frame(index));
    }
    return taken;
  }

  private RunFrame frame(long index) {
    RunFrame next = peek();
    while (next != null && next.frame() < index) {
      read.remove();
      next = peek();
    }
    if (next == null || next.frame() > index) {
      return failed(index, OptionalLong.empty());
    }
    read.remove();
    return next.status() == FrameStatus.FAILED ? failed(index, next.ptsMicros()) : next;
  }

  private RunFrame failed(long index, OptionalLong ptsMicros) {
    return new RunFrame(
        index, ptsMicros, FrameStatus.FAILED, Optional.of(code(index)), 0, 0, List.of());
  }

  private String code(long index) {
    while (!failures.isEmpty() && failures.peek().last() < index) {
      failures.remove();
    }
    boolean known = !failures.isEmpty() && failures.peek().first() <= index;
    return known ? failures.peek().code() : UNKNOWN;
  }

  private RunFrame peek() {
    while (read.isEmpty() && !ended) {
      FramePage page = pages.page(cursor);
      read.addAll(page.frames());
      cursor = page.cursor();
      ended = cursor == null;
    }
    return read.peek();
  }
}
