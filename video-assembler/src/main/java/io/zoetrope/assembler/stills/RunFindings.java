package io.zoetrope.assembler.stills;

import io.zoetrope.assembler.annotation.RunFrame;
import java.util.function.Consumer;

/** What runs found in videos, asked of whoever keeps it. Any thread. */
@FunctionalInterface
public interface RunFindings {
  /**
   * Gives every frame of a run that is shown from {@code fromMicros}, inclusive, to {@code
   * toMicros}, exclusive, in the order in which they are shown: as far as they are known, and so
   * none of a run that nobody has heard of yet.
   */
  void frames(
      String videoId, String runId, long fromMicros, long toMicros, Consumer<RunFrame> taker);
}
