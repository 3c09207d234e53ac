package io.zoetrope.topology.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.zoetrope.topology.ledger.Vigil.Need;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class VigilTest {
  private static final Instant START = Instant.parse("2026-01-01T12:00:00Z");
  private static final Duration TIMEOUT = Duration.ofMinutes(2);

  @Test
  void shouldHavePatienceWithARunThatHasJustShownASignOfLife() {
    Vigil vigil = Vigil.begun(START).seeing(5, 3, START.plusSeconds(60));

    assertThat(need(vigil, START.plusSeconds(179), START.plusSeconds(179)))
        .isEqualTo(Need.PATIENCE);
    assertThat(need(vigil, START.plusSeconds(180), START.plusSeconds(180))).isEqualTo(Need.REPAIR);
  }

  @Test
  void shouldBlameTheSplitterWhereEveryPublishedBatchIsIn() {
    Vigil vigil = Vigil.begun(START).seeing(5, 5, START);

    assertThat(need(vigil, START.plus(TIMEOUT), START.plus(TIMEOUT))).isEqualTo(Need.SPLITTER);
  }

  @Test
  void shouldMissNothingThatItsDetectorsHaveNotRead() {
    Vigil vigil = Vigil.begun(START).seeing(5, 3, START);

    assertThat(need(vigil, START.plusSeconds(9_999), START.plusSeconds(119)))
        .isEqualTo(Need.DETECTORS);
    assertThat(need(vigil, START.plusSeconds(9_999), Instant.EPOCH)).isEqualTo(Need.DETECTORS);
  }

  @Test
  void shouldWaitAsLongAgainAfterARepair() {
    Vigil vigil = Vigil.begun(START).seeing(5, 3, START).repaired(START.plus(TIMEOUT));

    Instant later = START.plus(TIMEOUT).plus(TIMEOUT);
    assertThat(need(vigil, later.minusSeconds(1), later)).isEqualTo(Need.PATIENCE);
    assertThat(need(vigil, later, later.minusSeconds(1))).isEqualTo(Need.DETECTORS);
    assertThat(need(vigil, later, later)).isEqualTo(Need.REPAIR);
  }

  @Test
  void shouldGiveUpAfterThreeRepairsInVain() {
    Vigil vigil =
        Vigil.begun(START).seeing(5, 3, START).repaired(START).repaired(START).repaired(START);

    assertThat(need(vigil, START.plus(TIMEOUT), START.plus(TIMEOUT))).isEqualTo(Need.VERDICT);
  }

  @Test
  void shouldCountRepairsAnewOnceABatchHasComeIn() {
    Vigil vigil =
        Vigil.begun(START).seeing(5, 3, START).repaired(START).repaired(START).repaired(START);

    assertThat(vigil.seeing(5, 4, START).round()).isZero();
    assertThat(vigil.seeing(6, 3, START).round()).as("more is published").isEqualTo(3);
    assertThat(vigil.seeing(5, 3, START.plusSeconds(1))).isEqualTo(vigil);
  }

  private static Need need(Vigil vigil, Instant now, Instant readUpTo) {
    return vigil.need(now, () -> readUpTo, TIMEOUT);
  }
}
