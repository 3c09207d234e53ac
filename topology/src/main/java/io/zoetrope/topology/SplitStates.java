package io.zoetrope.topology;

import io.zoetrope.topology.ledger.PacketCounts;
import io.zoetrope.topology.ledger.Reason;
import io.zoetrope.topology.ledger.Split;
import io.zoetrope.topology.ledger.SplitFacts;
import io.zoetrope.topology.ledger.StreamFacts;
import io.zoetrope.topology.state.PacketCountsState;
import io.zoetrope.topology.state.ReasonState;
import io.zoetrope.topology.state.SplitFactsState;
import io.zoetrope.topology.state.SplitState;
import java.util.List;
import java.util.TreeSet;

/** What is known of a split, as it lies in its store. */
final class SplitStates {
  private SplitStates() {}

  static SplitState toState(Split split) {
    SplitFacts facts = split.facts();
    Reason rejection = split.rejection();
    return new SplitState(
        List.copyOf(split.runIds()),
        split.estimatedFrames(),
        facts == null ? null : toState(facts),
        rejection == null ? null : new ReasonState(rejection.code(), rejection.message()),
        List.copyOf(split.pendingRunIds()),
        split.published());
  }

  static Split fromState(SplitState state) {
    SplitFactsState facts = state.getFacts();
    ReasonState rejection = state.getRejection();
    return new Split(
        new TreeSet<>(state.getRunIds()),
        new TreeSet<>(state.getPendingRunIds()),
        state.getPublished(),
        state.getEstimatedFrames(),
        facts == null ? null : fromState(facts),
        rejection == null ? null : new Reason(rejection.getCode(), rejection.getMessage()));
  }

  private static SplitFactsState toState(SplitFacts facts) {
    StreamFacts stream = facts.stream();
    return new SplitFactsState(
        facts.batches(),
        facts.expectedFrames(),
        stream.index(),
        stream.codec(),
        stream.width(),
        stream.height(),
        stream.frameRate(),
        stream.durationMicros(),
        stream.readError(),
        facts.packets() == null ? null : toState(facts.packets()));
  }

  private static SplitFacts fromState(SplitFactsState state) {
    return new SplitFacts(
        state.getBatches(),
        state.getExpectedFrames(),
        new StreamFacts(
            state.getStreamIndex(),
            state.getCodec(),
            state.getWidth(),
            state.getHeight(),
            state.getFrameRate(),
            state.getDurationMicros(),
            state.getReadError()),
        state.getPackets() == null ? null : fromState(state.getPackets()));
  }

  private static PacketCountsState toState(PacketCounts packets) {
    return new PacketCountsState(
        packets.read(),
        packets.expected(),
        packets.unsampled(),
        packets.secondFields(),
        packets.discarded(),
        packets.invisible(),
        packets.empty());
  }

  private static PacketCounts fromState(PacketCountsState state) {
    return new PacketCounts(
        state.getRead(),
        state.getExpected(),
        state.getUnsampled(),
        state.getSecondFields(),
        state.getDiscarded(),
        state.getInvisible(),
        state.getEmpty());
  }
}
