package io.zoetrope.assembler.stills;

import io.zoetrope.events.ColourBy;
import io.zoetrope.events.Concealment;
import io.zoetrope.events.RenderStyle;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What is to be seen: a video, and what is drawn on it.
 *
 * @param original where the video's bytes are
 * @param stream of the original that is meant; empty: the best one
 * @param runId the run whose objects are meant
 * @param style how they are drawn; empty: nothing is drawn. There is none without a run
 */
public record View(
    String videoId,
    URI original,
    OptionalInt stream,
    Optional<String> runId,
    Optional<RenderStyle> style) {
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
    return new View(videoId, original, stream, runId, Optional.empty());
  }

  String requireRun() {
    return runId.orElseThrow(
        () ->
            new StillException(
                StillException.RUN_UNKNOWN, "video " + videoId + " has no run to go by yet"));
  }
}
