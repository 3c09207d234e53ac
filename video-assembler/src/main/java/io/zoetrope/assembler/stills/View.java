package io.zoetrope.assembler.stills;

import io.zoetrope.events.ColourBy;
import io.zoetrope.events.Concealment;
import io.zoetrope.events.RenderStyle;
import java.util.List;
import java.util.Optional;

/**
 * What is to be seen: a video, and what is drawn on it.
 *
 * @param runId the run whose objects are meant
 * @param style how they are drawn; empty: nothing is drawn. There is none without a run
 */
public record View(String videoId, Optional<String> runId, Optional<RenderStyle> style) {
  /** Draws nothing, but follows every object. */
  static final RenderStyle FOLLOWING =
      new RenderStyle(
          List.of(),
          0f,
          ColourBy.LABEL,
          false,
          true,
          0L,
          Concealment.NOTHING,
          List.of(),
          List.of());

  public View {
    if (style.isPresent() && runId.isEmpty()) {
      throw new IllegalArgumentException("nothing to draw without a run");
    }
  }

  /** The same, with nothing drawn on it. */
  View plain() {
    return new View(videoId, runId, Optional.empty());
  }

  String requireRun() {
    return runId.orElseThrow(
        () ->
            new StillException(
                StillException.RUN_UNKNOWN, "video " + videoId + " has no run to go by yet"));
  }
}
