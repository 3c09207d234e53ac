package io.zoetrope.topology.ledger;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * What has come of a run so far. Batches may be in before the run was asked for; it counts as a run
 * only from then on.
 *
 * @param splitId empty, as is {@code modelId}, until something is in that says so
 * @param options null until the run is asked for
 * @param frames of the batches that are in
 * @param revision how often the run's end was published
 * @param revisionDue whether that end has changed since, so that it is to be published again
 */
public record RunLedger(
    String splitId,
    String modelId,
    RunOptions options,
    FrameCounts frames,
    BatchCounts batches,
    SortedMap<String, LabelSummary> labels,
    int revision,
    boolean revisionDue) {
  /** The ledger of a run that nothing is known of. */
  public static final RunLedger UNKNOWN = empty("", "");

  public RunLedger {
    labels = Collections.unmodifiableSortedMap(labels);
  }

  /** The ledger of a run that nothing has come of. */
  public static RunLedger empty(String splitId, String modelId) {
    return new RunLedger(
        splitId, modelId, null, FrameCounts.NONE, BatchCounts.NONE, new TreeMap<>(), 0, false);
  }

  /** This ledger, of a run of this split through this model where it doesn't know that yet. */
  public RunLedger of(String ofSplit, String throughModel) {
    return splitId.isEmpty()
        ? new RunLedger(
            ofSplit, throughModel, options, frames, batches, labels, revision, revisionDue)
        : this;
  }

  /** Whether the run was asked for. */
  public boolean requested() {
    return options != null;
  }

  /** Whether there is nothing to remember. */
  public boolean vacant() {
    return !requested() && batches.total() == 0;
  }

  /** Asked for with {@code wanted}; null where the wish was withdrawn. */
  public RunLedger withOptions(RunOptions wanted) {
    return new RunLedger(splitId, modelId, wanted, frames, batches, labels, revision, revisionDue);
  }

  /** With one more batch. */
  public RunLedger plus(BatchTally batch) {
    return with(frames.plus(batch.frames()), batches.plus(batch), merged(labels, batch.labels()));
  }

  /**
   * Without {@code batch}.
   *
   * @param others the batches that remain; read only where what {@code batch} said of its labels
   *     can't be taken back in any other way, as a highest confidence can't
   */
  public RunLedger minus(BatchTally batch, Supplier<Stream<BatchTally>> others) {
    return with(
        frames.minus(batch.frames()),
        batches.minus(batch),
        batch.labels().isEmpty() ? labels : recounted(others));
  }

  /** Published once more. */
  public RunLedger revised() {
    return new RunLedger(splitId, modelId, options, frames, batches, labels, revision + 1, false);
  }

  /** To be published once more. */
  public RunLedger withRevisionDue() {
    return new RunLedger(splitId, modelId, options, frames, batches, labels, revision, true);
  }

  private RunLedger with(
      FrameCounts frames, BatchCounts batches, SortedMap<String, LabelSummary> labels) {
    return new RunLedger(splitId, modelId, options, frames, batches, labels, revision, revisionDue);
  }

  private static SortedMap<String, LabelSummary> recounted(Supplier<Stream<BatchTally>> batches) {
    SortedMap<String, LabelSummary> labels = new TreeMap<>();
    try (Stream<BatchTally> tallies = batches.get()) {
      tallies.forEach(batch -> addTo(labels, batch.labels()));
    }
    return labels;
  }

  private static SortedMap<String, LabelSummary> merged(
      SortedMap<String, LabelSummary> labels, SortedMap<String, LabelSummary> more) {
    if (more.isEmpty()) {
      return labels;
    }
    SortedMap<String, LabelSummary> sum = new TreeMap<>(labels);
    addTo(sum, more);
    return sum;
  }

  private static void addTo(
      SortedMap<String, LabelSummary> labels, SortedMap<String, LabelSummary> more) {
    more.forEach((label, summary) -> labels.merge(label, summary, LabelSummary::plus));
  }
}
