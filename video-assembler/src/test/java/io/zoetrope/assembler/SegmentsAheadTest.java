package io.zoetrope.assembler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.zoetrope.assembler.RenderLedger.LedgerUnavailableException;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SegmentsAheadTest {
  private long now;

  @Test
  void shouldCountWhatWasAskedForAndIsNotThere() {
    SegmentsAhead ahead = new SegmentsAhead(Set.of(), () -> now);

    assertThat(ahead.ask(0)).isTrue();
    assertThat(ahead.ask(1)).isTrue();
    assertThat(ahead.waitedFor()).isEqualTo(2);

    ahead.done(1);
    assertThat(ahead.waitedFor()).isEqualTo(1);
  }

  @Test
  void shouldNotAskAgainForWhatWasThereBefore() {
    SegmentsAhead ahead = new SegmentsAhead(Set.of(0, 2), () -> now);

    assertThat(ahead.ask(0)).isFalse();
    assertThat(ahead.ask(1)).isTrue();
    assertThat(ahead.ask(2)).isFalse();
    assertThat(ahead.waitedFor()).isEqualTo(1);

    ahead.done(3);
    assertThat(ahead.waitedFor()).isZero();
  }

  @Test
  void shouldNotCountBackwardsWhereAnAnswerIsOld() {
    SegmentsAhead ahead = new SegmentsAhead(Set.of(0), () -> now);
    ahead.ask(1);
    ahead.done(2);

    ahead.done(0);

    assertThat(ahead.waitedFor()).isZero();
  }

  @Test
  void shouldBeginAnewAfterTenMinutesWithoutNews() {
    SegmentsAhead ahead = new SegmentsAhead(Set.of(), () -> now);
    ahead.ask(0);
    ahead.ask(1);
    now = Duration.ofMinutes(9).toNanos();
    ahead.done(1);
    now += Duration.ofMinutes(10).toNanos();
    ahead.done(1);

    now++;
    assertThatExceptionOfType(LedgerUnavailableException.class).isThrownBy(() -> ahead.done(1));
  }
}
