package io.zoetrope.topology.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.zoetrope.events.Rational;
import io.zoetrope.events.SplitCompleted;
import io.zoetrope.events.SplitEvent;
import io.zoetrope.events.SplitProgress;
import io.zoetrope.events.VideoRejected;
import io.zoetrope.events.VideoStream;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

class SplitTest {
  private static final SplitCompleted FACTS =
      new SplitCompleted(
          7,
          200L,
          8_000_000L,
          null,
          new VideoStream(
              0,
              "h264",
              0,
              "yuv420p",
              1280,
              720,
              100,
              31,
              2,
              "progressive",
              0,
              8,
              "tv",
              "bt709",
              "bt709",
              "bt709",
              "left",
              new Rational(1, 1),
              new Rational(1, 12_800),
              new Rational(25, 1),
              ByteBuffer.allocate(0),
              List.of()),
          null);

  @Test
  void shouldKnowHowMuchIsPublishedWhileTheFirstPassGoesOn() {
    Split split = after(event(List.of("a"), progress(3, null, "a")));

    assertThat(split.published("a")).isEqualTo(3);
    assertThat(split.published("b")).isZero();
  }

  @Test
  void shouldKnowThatAnEarlierPassHasPublishedAll() {
    Split split =
        after(event(List.of("a"), FACTS), event(List.of("a", "b"), progress(2, FACTS, "b")));

    assertThat(split.published("a")).isEqualTo(7);
    assertThat(split.published("b")).isEqualTo(2);
  }

  @Test
  void shouldTakeNothingBackWhenProgressComesLate() {
    Split split = after(event(List.of("a"), FACTS), event(List.of("a"), progress(2, null, "a")));

    assertThat(split.published("a")).isEqualTo(7);
  }

  @Test
  void shouldStartAgainWithAPassForOtherRuns() {
    Split split =
        after(
            event(List.of("a"), progress(5, null, "a")),
            event(List.of("a", "b"), progress(1, null, "a", "b")));

    assertThat(split.published("a")).isEqualTo(1);
  }

  @Test
  void shouldRejectOnlyTheRunsOfThePassThatFailed() {
    Split split =
        after(
            event(List.of("a"), FACTS),
            event(
                List.of("a", "b"),
                new VideoRejected("LOCATION_NOT_FOUND", "gone", List.of("b"), FACTS)));

    assertThat(status("a", split)).isEqualTo(RunStatus.RUNNING);
    assertThat(status("b", split)).isEqualTo(RunStatus.REJECTED);
    assertThat(split.published("a")).isEqualTo(7);
  }

  private static RunStatus status(String runId, Split split) {
    return Standing.of(runId, RunLedger.empty("split", "model"), split).status();
  }

  private static Split after(SplitEvent... events) {
    Split split = Split.UNKNOWN;
    for (SplitEvent event : events) {
      split = split.after(event);
    }
    return split;
  }

  private static SplitProgress progress(int next, SplitCompleted completed, String... pending) {
    return new SplitProgress(next, 0L, null, List.of(pending), completed);
  }

  private static SplitEvent event(List<String> runIds, Object state) {
    return new SplitEvent("video", "split", runIds, state);
  }
}
