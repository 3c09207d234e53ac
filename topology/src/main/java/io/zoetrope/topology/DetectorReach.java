package io.zoetrope.topology;

import java.time.Instant;

/**
 * How far the detectors of a model have read the frame batches. Any thread; answers at once, with
 * what was last found out.
 */
@FunctionalInterface
interface DetectorReach {
  /**
   * Every batch that was published before this instant has been read by the detectors of {@code
   * modelId}, and what came of it is published. {@link Instant#EPOCH} while nothing is known, as
   * where there never was such a detector.
   */
  Instant readUpTo(String modelId);
}
