package io.zoetrope.topology;

import io.zoetrope.events.BatchLedger;
import io.zoetrope.events.Failure;
import io.zoetrope.events.FrameLedger;
import io.zoetrope.events.RunCompleted;
import io.zoetrope.events.RunStatus;
import io.zoetrope.schemas.Keys;
import io.zoetrope.topology.ledger.MissingFrames;
import io.zoetrope.topology.ledger.Reason;
import io.zoetrope.topology.ledger.RunLedger;
import io.zoetrope.topology.ledger.Standing;
import java.util.List;

/** A run's end as it's published. */
final class RunEnd {
  // Some 500 bytes each, as messages go; with the longest that are let through 3 MB.
  private static final int MOST_MISSING = 1_000;
  private static final int LONGEST_MESSAGE = 1_000;

  private RunEnd() {}

  static RunCompleted event(
      String runKey, RunLedger ledger, Standing standing, List<MissingFrames> missing) {
    String videoId = Keys.owner(runKey);
    return new RunCompleted(
        videoId,
        runKey.substring(videoId.length() + 1),
        ledger.splitId(),
        ledger.modelId(),
        ledger.revision(),
        RunStatus.valueOf(standing.status().name()),
        new FrameLedger(
            standing.expectedFrames(),
            standing.frames().processed(),
            standing.frames().damaged(),
            standing.frames().failed(),
            standing.frames().hidden()),
        new BatchLedger(
            standing.expectedBatches(),
            standing.batches().processed(),
            standing.batches().failed()),
        standing.rejection() == null ? null : failure(standing.rejection()),
        standing.readError(),
        missing.stream().limit(MOST_MISSING).map(RunEnd::missingFrames).toList(),
        missing.stream().skip(MOST_MISSING).mapToLong(MissingFrames::count).sum());
  }

  private static io.zoetrope.events.MissingFrames missingFrames(MissingFrames missing) {
    return new io.zoetrope.events.MissingFrames(
        missing.sequence(),
        missing.firstFrame(),
        missing.lastFrame(),
        missing.firstMicros(),
        failure(missing.reason()));
  }

  private static Failure failure(Reason reason) {
    String message = reason.message();
    return new Failure(
        reason.code(),
        message.length() > LONGEST_MESSAGE ? message.substring(0, LONGEST_MESSAGE) + "…" : message);
  }
}
