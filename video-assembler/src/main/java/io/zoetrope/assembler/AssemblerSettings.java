package io.zoetrope.assembler;

import io.zoetrope.media.MediaLimits;
import java.nio.file.Path;
import java.util.Map;

/**
 * What an assembler process is told.
 *
 * @param kafka client settings, {@code bootstrap.servers} among them
 * @param workers threads that make segments, each with one core to itself
 * @param folder of this process alone, for what isn't finished; emptied at start and at the end
 * @param limits that a video has to keep to
 */
public record AssemblerSettings(
    Map<String, Object> kafka, int workers, Path folder, MediaLimits limits) {
  /** Renders that one process plans and joins at a time; each waits for segments, as a rule. */
  static final int PLANNERS = 4;

  /** Segments of a render that may be asked for before they are done. */
  static final int SEGMENTS_AHEAD = 32;

  public AssemblerSettings {
    if (workers < 1) {
      throw new IllegalArgumentException("an assembler needs a worker, not " + workers);
    }
  }

  /** As many workers as cores. */
  public static AssemblerSettings of(Map<String, Object> kafka, Path folder) {
    return new AssemblerSettings(
        kafka, Runtime.getRuntime().availableProcessors(), folder, MediaLimits.DEFAULT);
  }

  public AssemblerSettings withWorkers(int count) {
    return new AssemblerSettings(kafka, count, folder, limits);
  }

  public AssemblerSettings withLimits(MediaLimits other) {
    return new AssemblerSettings(kafka, workers, folder, other);
  }
}
