package io.zoetrope.topology.query;

import io.zoetrope.topology.ledger.LabelSummary;
import io.zoetrope.topology.ledger.MissingFrames;
import io.zoetrope.topology.ledger.PacketCounts;
import io.zoetrope.topology.ledger.Reason;
import io.zoetrope.topology.ledger.RunLedger;
import io.zoetrope.topology.ledger.RunOptions;
import io.zoetrope.topology.ledger.RunStatus;
import io.zoetrope.topology.ledger.Standing;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A run as its ledger has it.
 *
 * @param revision how often its end was published; 0 before the first
 * @param missing every failed frame
 * @param rejection why the video can't be cut, else null
 * @param readError why reading stopped before the end of the video, where it did, else null
 * @param packets where every packet of the video's stream went; null while unknown
 */
public record Run(
    String videoId,
    String runId,
    String splitId,
    String modelId,
    RunStatus status,
    int revision,
    RunOptions options,
    Frames frames,
    Batches batches,
    Map<String, LabelSummary> labels,
    List<Missing> missing,
    Reason rejection,
    String readError,
    PacketCounts packets) {

  /**
   * Frames by what became of them.
   *
   * @param expected null while unknown
   * @param estimated for progress bars alone; null while unknown
   * @param processed the damaged ones included
   */
  public record Frames(
      Long expected, Long estimated, long processed, long damaged, long failed, long hidden) {}

  /**
   * Batches by what became of them.
   *
   * @param expected null while unknown
   */
  public record Batches(Integer expected, int processed, int failed) {}

  /**
   * Neighbouring frames of one batch that failed for one reason.
   *
   * @param firstMicros null where unknown
   */
  public record Missing(
      int sequence,
      long firstFrame,
      long lastFrame,
      Long firstMicros,
      String code,
      String message) {}

  /** The run that {@code ledger} and {@code standing} tell of, with every label. */
  public static Run of(
      String videoId,
      String runId,
      RunLedger ledger,
      Standing standing,
      List<MissingFrames> missing) {
    return new Run(
        videoId,
        runId,
        ledger.splitId(),
        ledger.modelId(),
        standing.status(),
        ledger.revision(),
        ledger.options(),
        new Frames(
            standing.expectedFrames(),
            standing.estimatedFrames(),
            standing.frames().processed(),
            standing.frames().damaged(),
            standing.frames().failed(),
            standing.frames().hidden()),
        new Batches(
            standing.expectedBatches(),
            standing.batches().processed(),
            standing.batches().failed()),
        new TreeMap<>(ledger.labels()),
        missing.stream().map(Run::missing).toList(),
        standing.rejection(),
        standing.readError(),
        standing.packets());
  }

  /** This run in short: without labels and missing frames. */
  public Run inShort() {
    return new Run(
        videoId, runId, splitId, modelId, status, revision, options, frames, batches, Map.of(),
        List.of(), rejection, readError, packets);
  }

  private static Missing missing(MissingFrames frames) {
    return new Missing(
        frames.sequence(),
        frames.firstFrame(),
        frames.lastFrame(),
        frames.firstMicros(),
        frames.reason().code(),
        frames.reason().message());
  }
}
