package io.zoetrope.topology;

import io.zoetrope.events.BatchDetections;
import io.zoetrope.events.Failure;
import io.zoetrope.schemas.Keys;
import io.zoetrope.topology.ledger.RunLedger;
import java.util.List;
import java.util.Optional;

/**
 * Results of batches that never came to one, and so can't tell which frames they would have had.
 */
final class FailedBatches {
  /** Published, asked for again, and yet without a result. */
  static final String LOST = "BATCH_LOST";

  /** A record came that nobody can read. */
  static final String UNREADABLE = "RECORD_UNREADABLE";

  /** A record came that contradicts itself. */
  static final String INVALID = "RECORD_INVALID";

  private static final long UNKNOWN_FRAME = -1;
  private static final int KEY_PARTS = 3;

  private FailedBatches() {}

  /** The batch {@code sequence} of a run, failed. */
  static BatchDetections of(String runKey, RunLedger run, int sequence, Failure failure) {
    String videoId = Keys.owner(runKey);
    return new BatchDetections(
        videoId,
        runKey.substring(videoId.length() + 1),
        run.splitId(),
        run.modelId(),
        sequence,
        UNKNOWN_FRAME,
        0,
        List.of(),
        failure,
        List.of());
  }

  /** The batch that has this key, failed; empty where no batch can have it. */
  static Optional<BatchDetections> of(String key, Failure failure) {
    String[] parts = key == null ? new String[0] : key.split("/", -1);
    if (parts.length != KEY_PARTS) {
      return Optional.empty();
    }
    try {
      int sequence = Keys.sequence(key);
      boolean canonical =
          sequence >= 0 && Keys.detections(parts[0], parts[1], sequence).equals(key);
      return canonical
          ? Optional.of(of(Keys.run(parts[0], parts[1]), RunLedger.UNKNOWN, sequence, failure))
          : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
