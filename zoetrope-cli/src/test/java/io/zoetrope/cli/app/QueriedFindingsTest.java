package io.zoetrope.cli.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.zoetrope.assembler.annotation.RunFrame;
import io.zoetrope.assembler.annotation.RunObject;
import io.zoetrope.topology.query.DetectionPage;
import io.zoetrope.topology.query.DetectionQuery;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class QueriedFindingsTest {
  private final FakeFindings queries =
      new FakeFindings(2_500, new DetectionPage.Box(10, 20, 30, 40));
  private final QueriedFindings findings = new QueriedFindings(queries);
  private final List<RunFrame> frames = new ArrayList<>();

  @Test
  void shouldGiveEveryFrameOfALongRunOnceAndInOrder() {
    findings.frames(
        FakeFindings.VIDEO, FakeFindings.RUN, Long.MIN_VALUE, Long.MAX_VALUE, frames::add);
    assertThat(frames)
        .extracting(RunFrame::frame)
        .containsExactlyElementsOf(LongStream.range(0, 2_500).boxed().toList());
    assertThat(frames.get(7).ptsMicros()).hasValue(280_000);
    assertThat(frames.get(7).objects())
        .containsExactly(new RunObject("thing", 0, 0.9f, 10, 20, 30, 40));
    assertThat(queries.asked)
        .extracting(DetectionQuery::cursor)
        .containsExactly(null, "1000", "2000");
    assertThat(queries.asked).allMatch(query -> query.fromMicros() == null);
  }

  @Test
  void shouldAskForNoMoreThanIsShownMeanwhile() {
    findings.frames(FakeFindings.VIDEO, FakeFindings.RUN, 80_000, 200_000, frames::add);
    assertThat(frames).extracting(RunFrame::frame).containsExactly(2L, 3L, 4L);
    assertThat(queries.asked)
        .allSatisfy(
            query -> {
              assertThat(query.fromMicros()).isEqualTo(80_000);
              assertThat(query.toMicros()).isEqualTo(200_000);
            });
  }

  @Test
  void shouldGiveNothingOfARunThatIsNotKnownYet() {
    findings.frames(
        FakeFindings.VIDEO, "f".repeat(24), Long.MIN_VALUE, Long.MAX_VALUE, frames::add);
    assertThat(frames).isEmpty();
  }
}
