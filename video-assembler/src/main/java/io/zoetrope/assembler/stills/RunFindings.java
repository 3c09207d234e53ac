package io.zoetrope.assembler.stills;

import io.zoetrope.assembler.annotation.RunFrame;
import java.net.URI;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;

/**
 * What is known of videos and of what runs found in them, asked of whoever keeps it. Any thread.
 */
public interface RunFindings {
  /** Where a video's bytes are; empty where nobody submitted it. */
  Optional<URI> original(String videoId);

  /**
   * The stream of the video that a run looked at; empty where that is the best one.
   *
   * @throws StillException {@link StillException#RUN_UNKNOWN}
   */
  OptionalInt stream(String videoId, String runId);

  /**
   * Gives every frame of a run that is shown from {@code fromMicros}, inclusive, to {@code
   * toMicros}, exclusive, in the order in which they are shown.
   *
   * @throws StillException {@link StillException#RUN_UNKNOWN}
   */
  void frames(
      String videoId, String runId, long fromMicros, long toMicros, Consumer<RunFrame> taker);
}
