package io.zoetrope.assembler.stills;

import io.zoetrope.assembler.annotation.Annotations;
import io.zoetrope.assembler.annotation.Script;
import io.zoetrope.assembler.draw.Scene;
import io.zoetrope.assembler.segments.Easel;
import io.zoetrope.assembler.segments.SceneComposer;
import io.zoetrope.events.AnnotatedFrame;
import io.zoetrope.events.Concealment;
import io.zoetrope.events.FrameStatus;
import io.zoetrope.events.RenderStyle;
import io.zoetrope.media.Placement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is drawn on the frames of a stretch of a video. Where it isn't known what a frame shows, and
 * there are objects that nobody should recognise, all of the frame is concealed. For one thread.
 */
final class Overlay {
  /** Objects that were lost from sight so long ago stay concealed. */
  private static final long BEFORE_MICROS = 1_000_000;

  private static final String NOT_DETECTED_IN = "FRAME_NOT_DETECTED";

  private final View view;
  private final RunFindings findings;
  private final Map<Long, AnnotatedFrame> frames = new HashMap<>();
  private Optional<AnnotatedFrame> before = Optional.empty();
  private List<String> labels = List.of();
  private boolean lookedUp;

  /** What is drawn on any frame, looked up once the frame is there. */
  Overlay(View view, RunFindings findings) {
    this.view = view;
    this.findings = findings;
  }

  /** What is drawn on the frames on show from one time to another, exclusive, looked up at once. */
  static Overlay ahead(View view, RunFindings findings, long fromMicros, long toMicros) {
    Overlay overlay = new Overlay(view, findings);
    view.style().ifPresent(style -> overlay.learn(style, fromMicros, toMicros));
    overlay.lookedUp = true;
    return overlay;
  }

  /** The style to paint by. */
  RenderStyle style() {
    return view.style().orElse(View.FOLLOWING);
  }

  /** Draws on the frame that was put up. */
  void draw(Easel easel, Placement placement, long ptsMicros) {
    if (view.style().isEmpty()) {
      return;
    }
    if (!lookedUp) {
      frames.clear();
      learn(style(), ptsMicros, ptsMicros + 1);
    }
    Optional<AnnotatedFrame> known = Optional.ofNullable(frames.get(ptsMicros));
    SceneComposer composer = new SceneComposer(style(), labels);
    if (known.isEmpty()) {
      if (style().getConceal() != Concealment.NOTHING) {
        easel.paint(new Scene(Optional.of(NOT_DETECTED_IN), List.of(), List.of()));
      }
    } else if (isDetectedIn(known.get())) {
      easel.paint(composer.compose(known.get(), placement));
    } else {
      String code = Optional.ofNullable(known.get().getFailure()).orElse(NOT_DETECTED_IN);
      easel.paint(composer.fail(known.get(), code, placement));
    }
  }

  private void learn(RenderStyle wanted, long fromMicros, long toMicros) {
    Annotations annotations = new Annotations(wanted);
    // Tracks are numbered from the first frame on.
    long start = wanted.getTracks() ? Long.MIN_VALUE : fromMicros - BEFORE_MICROS;
    findings.frames(
        view.videoId(),
        view.requireRun(),
        start,
        toMicros,
        frame -> take(annotations.next(List.of(frame)), fromMicros));
    before.ifPresent(frame -> frames.put(frame.getPtsMicros(), frame));
  }

  /** The frame before the first is still on show when that comes. */
  private void take(Script script, long fromMicros) {
    labels = script.labels();
    AnnotatedFrame frame = script.frames().get(script.frames().size() - 1);
    if (frame.getPtsMicros() == null) {
      return;
    }
    if (frame.getPtsMicros() < fromMicros) {
      before = Optional.of(frame);
    } else {
      frames.put(frame.getPtsMicros(), frame);
    }
  }

  private static boolean isDetectedIn(AnnotatedFrame frame) {
    return (frame.getStatus() == FrameStatus.PROCESSED || frame.getStatus() == FrameStatus.DAMAGED)
        && frame.getWidth() > 0;
  }
}
