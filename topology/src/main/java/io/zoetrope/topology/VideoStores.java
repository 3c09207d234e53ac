package io.zoetrope.topology;

import io.zoetrope.events.BatchDetections;
import io.zoetrope.events.RenderEvent;
import io.zoetrope.events.RenderRequested;
import io.zoetrope.events.SubmissionAccepted;
import io.zoetrope.topology.ledger.RunLedger;
import io.zoetrope.topology.ledger.Split;
import java.util.List;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/** The stores of one partition, which hold all of its videos. */
record VideoStores(
    ReadOnlyKeyValueStore<String, SubmissionAccepted> submissions,
    ReadOnlyKeyValueStore<String, RunLedger> runs,
    ReadOnlyKeyValueStore<String, Split> splits,
    ReadOnlyKeyValueStore<String, BatchDetections> detections,
    ReadOnlyKeyValueStore<String, RenderRequested> renders,
    ReadOnlyKeyValueStore<String, RenderEvent> renderEvents) {

  /** By the names that they have in the topology. */
  static final List<String> NAMES =
      List.of(
          VideoLedgerTopology.SUBMISSIONS,
          VideoLedgerTopology.RUNS,
          VideoLedgerTopology.SPLITS,
          VideoLedgerTopology.DETECTIONS,
          VideoLedgerTopology.RENDERS,
          VideoLedgerTopology.RENDER_EVENTS);

  Split split(String splitKey) {
    Split split = splits.get(splitKey);
    return split == null ? Split.UNKNOWN : split;
  }
}
