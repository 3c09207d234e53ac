package io.zoetrope.topology;

import io.zoetrope.events.BatchDetections;
import io.zoetrope.events.RunProgress;
import io.zoetrope.schemas.Keys;
import io.zoetrope.topology.ledger.MissingFrames;
import io.zoetrope.topology.ledger.RunLedger;
import io.zoetrope.topology.ledger.Split;
import io.zoetrope.topology.ledger.Standing;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The ledgers of one task's runs. What changes a run is entered here; how many batches are in is
 * published with each of them, and where a change leaves the run at its end in another way than
 * before, that end with the next revision: at once, or where frames are missing as before, when the
 * watch next looks. Runs that are open, or have a revision due, are brought to the watch.
 */
final class RunBook {
  private final ProcessorContext<String, Object> context;
  private final KeyValueStore<String, RunLedger> runs;
  private final KeyValueStore<String, Split> splits;
  private final KeyValueStore<String, BatchDetections> detections;

  RunBook(ProcessorContext<String, Object> context) {
    this.context = context;
    this.runs = context.getStateStore(VideoLedgerTopology.RUNS);
    this.splits = context.getStateStore(VideoLedgerTopology.SPLITS);
    this.detections = context.getStateStore(VideoLedgerTopology.DETECTIONS);
  }

  /** Null where nothing is known of the run. */
  RunLedger ledger(String runKey) {
    return runs.get(runKey);
  }

  Split split(String splitKey) {
    Split split = splits.get(splitKey);
    return split == null ? Split.UNKNOWN : split;
  }

  /** A run's ledger was {@code before} and is {@code after}. */
  void enterRun(String runKey, RunLedger before, RunLedger after, long timestamp) {
    if (after.equals(before)) {
      return;
    }
    if (after.batches().total() != before.batches().total()) {
      context.forward(
          new Record<>(runKey, progress(runKey, after), timestamp),
          VideoLedgerTopology.PROGRESS_SINK);
    }
    Split split = split(Keys.split(Keys.owner(runKey), after.splitId()));
    settle(runKey, before, after, split, split, timestamp);
  }

  /** A split was {@code before} and is {@code after}; its runs may be at their end by that. */
  void enterSplit(String splitKey, Split before, Split after, long timestamp) {
    if (after.equals(before)) {
      return;
    }
    splits.put(splitKey, after);
    for (String runId : after.runIds()) {
      String runKey = Keys.run(Keys.owner(splitKey), runId);
      RunLedger ledger = ledger(runKey);
      if (ledger != null) {
        settle(runKey, ledger, ledger, before, after, timestamp);
      }
    }
  }

  /** Its runs are open again; what was published of them stands until they end anew. */
  void forgetSplit(String splitKey) {
    splits.delete(splitKey);
  }

  /** How much of a run is in. */
  static RunProgress progress(String runKey, RunLedger ledger) {
    return new RunProgress(
        Keys.owner(runKey), runId(runKey), ledger.splitId(), ledger.batches().total());
  }

  static String runId(String runKey) {
    return runKey.substring(runKey.indexOf('/') + 1);
  }

  /** Publishes the end of a run where that is due. */
  void publishDue(String runKey, long timestamp) {
    RunLedger ledger = ledger(runKey);
    if (ledger == null || !ledger.requested() || !ledger.revisionDue()) {
      return;
    }
    Split split = split(Keys.split(Keys.owner(runKey), ledger.splitId()));
    Standing standing = Standing.of(runId(runKey), ledger, split);
    if (standing.closed()) {
      publish(runKey, ledger, standing, timestamp);
    }
  }

  private void settle(
      String runKey,
      RunLedger before,
      RunLedger after,
      Split splitBefore,
      Split splitAfter,
      long timestamp) {
    if (!after.requested() && before.requested() && before.revision() > 0) {
      context.forward(new Record<>(runKey, null, timestamp), VideoLedgerTopology.RESULTS_SINK);
    }
    Standing was = Standing.of(runId(runKey), before, splitBefore);
    Standing is = Standing.of(runId(runKey), after, splitAfter);
    boolean changed = !after.equals(before) || !is.equals(was);
    boolean ends = after.requested() && is.closed() && changed;
    // What is missing is known only after a walk over all batches, too much for each that comes.
    boolean later = ends && before.revision() > 0 && was.closed() && is.frames().failed() > 0;
    if (ends && !later) {
      publish(runKey, after, is, timestamp);
    } else if (after.vacant()) {
      runs.delete(runKey);
    } else if (later) {
      runs.put(runKey, after.withRevisionDue());
    } else if (!after.equals(before)) {
      runs.put(runKey, after);
    }
    if (later || (after.requested() && !is.closed())) {
      context.forward(new Record<>(runKey, null, timestamp), VideoLedgerTopology.WATCH);
    }
  }

  private void publish(String runKey, RunLedger ledger, Standing standing, long timestamp) {
    RunLedger published = ledger.revised();
    runs.put(runKey, published);
    context.forward(
        new Record<>(
            runKey,
            RunEnd.event(runKey, published, standing, missing(runKey, standing)),
            timestamp),
        VideoLedgerTopology.RESULTS_SINK);
  }

  private List<MissingFrames> missing(String runKey, Standing standing) {
    if (standing.frames().failed() == 0) {
      return List.of();
    }
    try (Stream<BatchDetections> batches = KeyRange.under(runKey).stream(detections)) {
      return MissingFrames.in(batches.iterator(), standing);
    }
  }
}
