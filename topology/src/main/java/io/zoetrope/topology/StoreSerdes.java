package io.zoetrope.topology;

import io.zoetrope.events.BatchDetections;
import io.zoetrope.events.SubmissionAccepted;
import io.zoetrope.schemas.serdes.EventSerdes;
import io.zoetrope.topology.ledger.BatchCounts;
import io.zoetrope.topology.ledger.FrameCounts;
import io.zoetrope.topology.ledger.LabelSummary;
import io.zoetrope.topology.ledger.Reason;
import io.zoetrope.topology.ledger.RunLedger;
import io.zoetrope.topology.ledger.RunOptions;
import io.zoetrope.topology.ledger.Split;
import io.zoetrope.topology.ledger.SplitFacts;
import io.zoetrope.topology.ledger.StreamFacts;
import io.zoetrope.topology.state.LabelState;
import io.zoetrope.topology.state.ReasonState;
import io.zoetrope.topology.state.RunLedgerState;
import io.zoetrope.topology.state.RunOptionsState;
import io.zoetrope.topology.state.SplitFactsState;
import io.zoetrope.topology.state.SplitState;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;

/**
 * How values lie in the stores and their changelogs. The domain's own types have a schema of their
 * own there, because a changelog outlives the code that wrote it.
 */
final class StoreSerdes {
  private final EventSerdes events;

  StoreSerdes(EventSerdes events) {
    this.events = events;
  }

  Serde<SubmissionAccepted> submissions() {
    return events.serde(subject(VideoLedgerTopology.SUBMISSIONS), SubmissionAccepted.class);
  }

  Serde<BatchDetections> detections() {
    return events.serde(subject(VideoLedgerTopology.DETECTIONS), BatchDetections.class);
  }

  Serde<RunLedger> runs() {
    return mapped(
        events.serde(subject(VideoLedgerTopology.RUNS), RunLedgerState.class),
        StoreSerdes::toState,
        StoreSerdes::fromState);
  }

  Serde<Split> splits() {
    return mapped(
        events.serde(subject(VideoLedgerTopology.SPLITS), SplitState.class),
        StoreSerdes::toState,
        StoreSerdes::fromState);
  }

  private static String subject(String store) {
    return "zoetrope.topology." + store + "-value";
  }

  private static <S extends SpecificRecord, D> Serde<D> mapped(
      Serde<S> stored, Function<D, S> toState, Function<S, D> fromState) {
    return Serdes.serdeFrom(
        (topic, value) ->
            stored.serializer().serialize(topic, value == null ? null : toState.apply(value)),
        (topic, bytes) -> {
          S state = stored.deserializer().deserialize(topic, bytes);
          return state == null ? null : fromState.apply(state);
        });
  }

  private static RunLedgerState toState(RunLedger ledger) {
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
        options == null ? null : new RunOptionsState(options.confidence(), options.iou()),
        ledger.frames().processed(),
        ledger.frames().damaged(),
        ledger.frames().failed(),
        ledger.frames().hidden(),
        ledger.batches().processed(),
        ledger.batches().failed(),
        labels,
        ledger.revision());
  }

  private static RunLedger fromState(RunLedgerState state) {
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
        options == null ? null : new RunOptions(options.getConfidence(), options.getIou()),
        new FrameCounts(
            state.getProcessedFrames(),
            state.getDamagedFrames(),
            state.getFailedFrames(),
            state.getHiddenFrames()),
        new BatchCounts(state.getProcessedBatches(), state.getFailedBatches()),
        labels,
        state.getRevision());
  }

  private static SplitState toState(Split split) {
    SplitFacts facts = split.facts();
    Reason rejection = split.rejection();
    return new SplitState(
        List.copyOf(split.runIds()),
        split.estimatedFrames(),
        facts == null
            ? null
            : new SplitFactsState(
                facts.batches(),
                facts.expectedFrames(),
                facts.stream().codec(),
                facts.stream().width(),
                facts.stream().height(),
                facts.stream().frameRate(),
                facts.stream().durationMicros(),
                facts.stream().readError()),
        rejection == null ? null : new ReasonState(rejection.code(), rejection.message()));
  }

  private static Split fromState(SplitState state) {
    SplitFactsState facts = state.getFacts();
    ReasonState rejection = state.getRejection();
    return new Split(
        new TreeSet<>(state.getRunIds()),
        state.getEstimatedFrames(),
        facts == null
            ? null
            : new SplitFacts(
                facts.getBatches(),
                facts.getExpectedFrames(),
                new StreamFacts(
                    facts.getCodec(),
                    facts.getWidth(),
                    facts.getHeight(),
                    facts.getFrameRate(),
                    facts.getDurationMicros(),
                    facts.getReadError())),
        rejection == null ? null : new Reason(rejection.getCode(), rejection.getMessage()));
  }
}
