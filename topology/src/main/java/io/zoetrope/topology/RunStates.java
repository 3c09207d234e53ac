package io.zoetrope.topology;

import io.zoetrope.topology.ledger.BatchCounts;
import io.zoetrope.topology.ledger.FrameCounts;
import io.zoetrope.topology.ledger.LabelSummary;
import io.zoetrope.topology.ledger.RunFilter;
import io.zoetrope.topology.ledger.RunLedger;
import io.zoetrope.topology.ledger.RunOptions;
import io.zoetrope.topology.state.LabelState;
import io.zoetrope.topology.state.RunFilterState;
import io.zoetrope.topology.state.RunLedgerState;
import io.zoetrope.topology.state.RunOptionsState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The ledger of a run, as it lies in its store. */
final class RunStates {
  private RunStates() {}

  static RunLedgerState toState(RunLedger ledger) {
    Map<String, LabelState> labels = new HashMap<>();
    ledger
        .labels()
        .forEach(
            (name, label) ->
                labels.put(
                    name,
                    new LabelState(
                        label.detections(),
                        label.frames(),
                        label.maxConfidence(),
                        label.firstMicros(),
                        label.lastMicros())));
    RunOptions options = ledger.options();
    return new RunLedgerState(
        ledger.splitId(),
        ledger.modelId(),
        options == null ? null : toState(options),
        ledger.frames().processed(),
        ledger.frames().damaged(),
        ledger.frames().failed(),
        ledger.frames().hidden(),
        ledger.batches().processed(),
        ledger.batches().failed(),
        labels,
        ledger.revision(),
        ledger.revisionDue());
  }

  static RunLedger fromState(RunLedgerState state) {
    SortedMap<String, LabelSummary> labels = new TreeMap<>();
    state
        .getLabels()
        .forEach(
            (name, label) ->
                labels.put(
                    name,
                    new LabelSummary(
                        label.getDetections(),
                        label.getFrames(),
                        label.getMaxConfidence(),
                        label.getFirstMicros(),
                        label.getLastMicros())));
    RunOptionsState options = state.getOptions();
    return new RunLedger(
        state.getSplitId(),
        state.getModelId(),
        options == null ? null : fromState(options),
        new FrameCounts(
            state.getProcessedFrames(),
            state.getDamagedFrames(),
            state.getFailedFrames(),
            state.getHiddenFrames()),
        new BatchCounts(state.getProcessedBatches(), state.getFailedBatches()),
        labels,
        state.getRevision(),
        state.getRevisionDue());
  }

  private static RunOptionsState toState(RunOptions options) {
    return new RunOptionsState(
        options.confidence(),
        options.iou(),
        options.stream(),
        options.maxFps(),
        options.keyframesOnly(),
        options.filter().equals(RunFilter.NONE) ? null : toState(options.filter()));
  }

  private static RunFilterState toState(RunFilter filter) {
    List<Float> region = new ArrayList<>();
    for (RunFilter.Corner corner : filter.region()) {
      region.add(corner.x());
      region.add(corner.y());
    }
    return new RunFilterState(
        filter.labels(),
        filter.dropLabels(),
        filter.labelConfidence(),
        filter.minWidth(),
        filter.minHeight(),
        region);
  }

  private static RunOptions fromState(RunOptionsState state) {
    return new RunOptions(
        state.getConfidence(),
        state.getIou(),
        state.getStream(),
        state.getMaxFps(),
        state.getKeyframesOnly(),
        state.getFilter() == null ? RunFilter.NONE : fromState(state.getFilter()));
  }

  private static RunFilter fromState(RunFilterState state) {
    List<Float> numbers = state.getRegion();
    List<RunFilter.Corner> region = new ArrayList<>();
    for (int i = 0; i < numbers.size(); i += 2) {
      region.add(new RunFilter.Corner(numbers.get(i), numbers.get(i + 1)));
    }
    return new RunFilter(
        state.getLabels(),
        state.getDropLabels(),
        state.getLabelConfidence(),
        state.getMinWidth(),
        state.getMinHeight(),
        region);
  }
}
