package io.zoetrope.topology;

import io.zoetrope.events.BatchDetections;
import io.zoetrope.events.RenderEvent;
import io.zoetrope.events.RenderRequested;
import io.zoetrope.events.SubmissionAccepted;
import io.zoetrope.schemas.serdes.EventSerdes;
import io.zoetrope.topology.ledger.RunLedger;
import io.zoetrope.topology.ledger.Split;
import io.zoetrope.topology.state.RunLedgerState;
import io.zoetrope.topology.state.SplitState;
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

  Serde<RenderRequested> renders() {
    return events.serde(subject(VideoLedgerTopology.RENDERS), RenderRequested.class);
  }

  Serde<RenderEvent> renderEvents() {
    return events.serde(subject(VideoLedgerTopology.RENDER_EVENTS), RenderEvent.class);
  }

  Serde<RunLedger> runs() {
    return mapped(
        events.serde(subject(VideoLedgerTopology.RUNS), RunLedgerState.class),
        RunStates::toState,
        RunStates::fromState);
  }

  Serde<Split> splits() {
    return mapped(
        events.serde(subject(VideoLedgerTopology.SPLITS), SplitState.class),
        SplitStates::toState,
        SplitStates::fromState);
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
}
