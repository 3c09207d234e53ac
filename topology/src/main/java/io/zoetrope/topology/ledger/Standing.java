package io.zoetrope.topology.ledger;

/**
 * How a run stands: what is expected, what of it is in, and whether that is the end.
 *
 * @param expectedFrames null while unknown
 * @param estimatedFrames for progress bars alone; null while unknown
 * @param expectedBatches null while unknown
 * @param frames a frame that no batch speaks of, though all are in, is a failed one
 * @param rejection why the video can't be cut, where that is how the run ended, else null
 * @param readError why reading stopped before the end of the video, where it did, else null: what
 *     lies behind is among no frames, and the run is never complete
 * @param packets where every packet of the stream went; null while unknown
 */
public record Standing(
    RunStatus status,
    Long expectedFrames,
    Long estimatedFrames,
    Integer expectedBatches,
    FrameCounts frames,
    BatchCounts batches,
    Reason rejection,
    String readError,
    PacketCounts packets) {

  /** How the run {@code runId} stands by its ledger and its split. */
  public static Standing of(String runId, RunLedger ledger, Split split) {
    FrameCounts frames = ledger.frames();
    BatchCounts batches = ledger.batches();
    if (!split.runIds().contains(runId)) {
      return new Standing(RunStatus.RUNNING, null, null, null, frames, batches, null, null, null);
    }
    SplitFacts facts = split.facts();
    if (facts != null && batches.total() >= facts.batches()) {
      FrameCounts all = frames.plusFailed(Math.max(0, facts.expectedFrames() - frames.total()));
      boolean whole = all.failed() == 0 && facts.stream().readError() == null;
      return of(facts, whole ? RunStatus.COMPLETE : RunStatus.INCOMPLETE, all, batches);
    }
    if (split.rejection() != null && split.pendingRunIds().contains(runId)) {
      return new Standing(
          RunStatus.REJECTED,
          frames.total(),
          frames.total(),
          batches.total(),
          frames,
          batches,
          split.rejection(),
          null,
          null);
    }
    if (facts != null) {
      return of(facts, RunStatus.RUNNING, frames, batches);
    }
    return new Standing(
        RunStatus.RUNNING, null, split.estimatedFrames(), null, frames, batches, null, null, null);
  }

  /** Whether the run is at its end. */
  public boolean closed() {
    return status != RunStatus.RUNNING;
  }

  private static Standing of(
      SplitFacts facts, RunStatus status, FrameCounts frames, BatchCounts batches) {
    return new Standing(
        status,
        facts.expectedFrames(),
        facts.expectedFrames(),
        facts.batches(),
        frames,
        batches,
        null,
        facts.stream().readError(),
        facts.packets());
  }
}
