package io.zoetrope.assembler.segments;

import io.zoetrope.events.AnnotatedFrame;
import io.zoetrope.events.FrameStatus;
import io.zoetrope.events.MarkedFrames;
import io.zoetrope.media.DecodedFrame;
import io.zoetrope.media.FrameOutcome;
import io.zoetrope.media.FrameSink;
import io.zoetrope.media.Placement;
import io.zoetrope.media.SegmentWriter;
import io.zoetrope.media.SegmentWriter.Segment;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;

/**
 * Takes the pictures of one segment as they are decoded, and writes them as they are drawn on. Each
 * expected frame has a picture but those that are hidden: one that doesn't come is made up for with
 * the picture before it, so that its time isn't lost.
 */
final class SegmentPass implements FrameSink, AutoCloseable {
  private static final long NOTHING = -1;

  private final SegmentScript script;
  private final FrameTimes times;
  private final Easel easel;
  private final Opening opening;
  private final BooleanSupplier abandoned;
  private final List<MarkedFrames> failedFrames = new ArrayList<>();
  private Optional<SegmentWriter> writer = Optional.empty();
  private Optional<DecodedFrame> before = Optional.empty();
  private int next;
  private long drawnStart = NOTHING;

  /** Creates the segment's file. */
  @FunctionalInterface
  interface Opening {
    SegmentWriter open() throws IOException;
  }

  SegmentPass(
      SegmentScript script,
      FrameTimes times,
      Easel easel,
      Opening opening,
      BooleanSupplier abandoned) {
    this.script = script;
    this.times = times;
    this.easel = easel;
    this.opening = opening;
    this.abandoned = abandoned;
    script.before().forEach(script.composer()::pass);
  }

  @Override
  public void accept(DecodedFrame frame) {
    try {
      if (abandoned.getAsBoolean()) {
        throw new CancellationException("nobody wants the segment any more");
      }
      int ordinal = (int) (frame.index() - script.firstFrame());
      // Damage may bring pictures out of order; what comes too late was made up for.
      if (ordinal < next) {
        frame.close();
        return;
      }
      passOver(ordinal);
      next++;
      if (script.frames().get(ordinal).getStatus() == FrameStatus.HIDDEN) {
        frame.close();
        return;
      }
      before.ifPresent(DecodedFrame::close);
      before = Optional.of(frame);
    } catch (RuntimeException e) {
      frame.close();
      throw e;
    }
    show(next - 1);
  }

  /** Completes the file, if there is anything to show. */
  Rendered finish() throws IOException {
    passOver(script.frames().size());
    write(times.end());
    Optional<Segment> segment =
        writer.isPresent() ? Optional.of(writer.get().finish()) : Optional.empty();
    return new Rendered(
        script.firstFrame(),
        segment.map(Segment::pictures).orElse(0),
        segment.map(Segment::sizeBytes).orElse(0L),
        segment.map(Segment::headerBytes).orElse(0L),
        segment.map(Segment::durationMicros).orElse(0L),
        failedFrames);
  }

  @Override
  public void close() {
    before.ifPresent(DecodedFrame::close);
    before = Optional.empty();
    writer.ifPresent(SegmentWriter::close);
  }

  /** Makes up for frames that haven't come, up to one that has. */
  private void passOver(int ordinal) {
    while (next < ordinal) {
      AnnotatedFrame frame = script.frames().get(next);
      if (frame.getStatus() != FrameStatus.HIDDEN) {
        begin(next);
        Placement placement = before.isPresent() ? easel.put(before.get()) : easel.putNothing();
        mark(frame, placement);
      }
      next++;
    }
  }

  /** Draws the frame that has just come. */
  private void show(int ordinal) {
    AnnotatedFrame frame = script.frames().get(ordinal);
    begin(ordinal);
    Placement placement = easel.put(before.orElseThrow());
    if (SegmentScript.isDetectedIn(frame)) {
      easel.paint(script.composer().compose(frame, placement));
    } else {
      mark(frame, placement);
    }
  }

  private void mark(AnnotatedFrame frame, Placement placement) {
    String code = frame.getFailure() == null ? FrameOutcome.FAILURE_CODE : frame.getFailure();
    addFailed(frame.getFrame(), code);
    easel.paint(script.composer().fail(frame, code, placement));
  }

  private void addFailed(long frame, String code) {
    MarkedFrames last = failedFrames.isEmpty() ? null : failedFrames.get(failedFrames.size() - 1);
    if (last != null && last.getLastFrame() == frame - 1 && last.getCode().equals(code)) {
      last.setLastFrame(frame);
    } else {
      failedFrames.add(new MarkedFrames(frame, frame, code));
    }
  }

  /** Only when the next frame begins is it known for how long the one before is shown. */
  private void begin(int ordinal) {
    write(times.starts().get(ordinal));
    drawnStart = times.starts().get(ordinal);
  }

  private void write(long end) {
    if (drawnStart == NOTHING) {
      return;
    }
    try {
      if (writer.isEmpty()) {
        writer = Optional.of(opening.open());
      }
      writer.get().encode(easel.picture(), drawnStart, end - drawnStart);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
