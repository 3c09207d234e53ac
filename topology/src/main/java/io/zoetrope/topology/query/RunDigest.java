package io.zoetrope.topology.query;

import io.zoetrope.topology.ledger.BatchCounts;
import io.zoetrope.topology.ledger.FrameCounts;
import io.zoetrope.topology.ledger.RunStatus;

/**
 * A run's fingerprint: equal where ledger and detections are, in whatever installation they were
 * made and however often it was tried. It leaves out timings, attempts, revisions and the words of
 * failures.
 *
 * @param frames as they stand, those among the failed that no batch speaks of
 * @param sha256 over all of that, each detection, and each missing frame with its code
 */
public record RunDigest(
    String videoId,
    String runId,
    RunStatus status,
    FrameCounts frames,
    BatchCounts batches,
    String sha256) {}
