package io.zoetrope.media;

/**
 * Picks a stretch of time out of frames that come in the order in which they are shown: the frame
 * that is on show when it begins, and those that follow until it ends. Takes each frame once,
 * however often they come. Owns the frame that may turn out to be the first.
 */
final class ShownStretch implements AutoCloseable {
  private final long fromMicros;
  private final long toMicros;
  private final FrameSink sink;
  private DecodedFrame held;
  private long lastGiven = Long.MIN_VALUE;
  private boolean complete;

  ShownStretch(long fromMicros, long toMicros, FrameSink sink) {
    this.fromMicros = fromMicros;
    this.toMicros = toMicros;
    this.sink = sink;
  }

  /** Takes ownership of the next frame. */
  void accept(DecodedFrame frame) {
    long shown = frame.ptsMicros();
    if (complete || shown <= lastGiven) {
      frame.close();
    } else if (shown <= fromMicros) {
      restart();
      held = frame;
    } else {
      giveHeld();
      complete = shown >= toMicros && lastGiven != Long.MIN_VALUE;
      if (complete) {
        frame.close();
      } else {
        give(frame);
      }
    }
  }

  /** No frame follows. */
  void end() {
    giveHeld();
    complete = true;
  }

  /** Whether no other frame is wanted. */
  boolean isComplete() {
    return complete;
  }

  /** Forgets what wasn't given yet: all comes once more. */
  void restart() {
    if (held != null) {
      held.close();
      held = null;
    }
  }

  @Override
  public void close() {
    restart();
  }

  private void giveHeld() {
    if (held != null) {
      DecodedFrame first = held;
      held = null;
      give(first);
    }
  }

  // What begins after the end is still what there is to show, if nothing was.
  private void give(DecodedFrame frame) {
    lastGiven = frame.ptsMicros();
    complete = lastGiven >= toMicros;
    sink.accept(frame);
  }
}
