package io.zoetrope.detector;

import java.time.Duration;
import java.util.Map;

/**
 * What a detector process is told.
 *
 * @param kafka client settings, {@code bootstrap.servers} among them
 * @param instance names this process among the detectors of its model; another process of that name
 *     is fenced off
 * @param workers threads that decode and infer, each with one core to itself
 * @param finishTime what a batch in progress may take to finish when its partition goes to another
 *     process or this one stops; after that it is abandoned, and begun anew by whoever has the
 *     partition then
 */
public record DetectorSettings(
    Map<String, Object> kafka, String instance, int workers, Duration finishTime) {
  public DetectorSettings {
    if (workers < 1) {
      throw new IllegalArgumentException("a detector needs a worker, not " + workers);
    }
  }

  /** As many workers as cores, and three seconds to finish. */
  public static DetectorSettings of(Map<String, Object> kafka, String instance) {
    return new DetectorSettings(
        kafka, instance, Runtime.getRuntime().availableProcessors(), Duration.ofSeconds(3));
  }

  public DetectorSettings withWorkers(int count) {
    return new DetectorSettings(kafka, instance, count, finishTime);
  }

  /** Batches that may be in hand, so that no worker waits for Kafka. */
  int maxBatchesInFlight() {
    return 2 * workers;
  }
}
