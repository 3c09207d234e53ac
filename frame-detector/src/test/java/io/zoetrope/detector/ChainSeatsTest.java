package io.zoetrope.detector;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class ChainSeatsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final ChainKey FIRST = new ChainKey("first", 0);
  private static final ChainKey SECOND = new ChainKey("second", 0);
  private static final ChainKey THIRD = new ChainKey("third", 0);
  private static final TopicPartition A = new TopicPartition("frame-batches", 0);
  private static final TopicPartition B = new TopicPartition("frame-batches", 1);
  private static final TopicPartition C = new TopicPartition("frame-batches", 2);

  private long now;
  private final ChainSeats seats = new ChainSeats(2, PATIENCE, () -> now);

  @Test
  void shouldLetAFurtherChainWaitUntilAnotherEnds() {
    assertThat(seats.admit(FIRST, false, A)).isTrue();
    assertThat(seats.admit(SECOND, false, B)).isTrue();
    assertThat(seats.admit(THIRD, false, C)).isFalse();
    assertThat(seats.waiting()).containsExactly(C);

    assertThat(seats.admit(FIRST, true, A)).isTrue();
    seats.update(Set.of(FIRST));
    assertThat(seats.waiting()).as("the last batch is in hand still").containsExactly(C);

    seats.update(Set.of());
    assertThat(seats.waiting()).isEmpty();
    assertThat(seats.admit(THIRD, false, C)).isTrue();
    assertThat(seats.admit(FIRST, false, A)).as("once more from its beginning").isFalse();
  }

  @Test
  void shouldKeepTheSeatThatIsFreeForWhoeverWaitedFirst() {
    seats.admit(FIRST, true, A);
    seats.admit(SECOND, true, B);
    seats.admit(THIRD, false, C);
    seats.update(Set.of(SECOND));

    assertThat(seats.admit(FIRST, false, A)).isFalse();
    assertThat(seats.admit(THIRD, false, C)).isTrue();
  }

  @Test
  void shouldTakeASeatOnlyFromAChainThatNobodyGoesOnWith() {
    seats.admit(FIRST, false, A);
    seats.admit(SECOND, false, B);
    seats.admit(THIRD, false, C);

    pass(PATIENCE.minusSeconds(1));
    seats.update(Set.of(SECOND));
    assertThat(seats.waiting()).containsExactly(C);

    pass(Duration.ofSeconds(2));
    seats.update(Set.of(SECOND));
    assertThat(seats.waiting()).isEmpty();
    assertThat(seats.admit(THIRD, false, C)).isTrue();
    assertThat(seats.admit(SECOND, false, B)).isTrue();
    assertThat(seats.admit(FIRST, false, A)).isFalse();
  }

  @Test
  void shouldNotCallAChainIdleThatIsHeldUpBehindOneThatWaits() {
    seats.admit(FIRST, false, A);
    seats.admit(SECOND, false, B);
    seats.admit(THIRD, false, A);

    pass(PATIENCE.plusSeconds(1));
    seats.update(Set.of(SECOND));
    assertThat(seats.waiting()).containsExactly(A);

    pass(PATIENCE.plusSeconds(1));
    seats.update(Set.of());
    assertThat(seats.waiting()).as("all would wait for ever").isEmpty();
    assertThat(seats.admit(THIRD, false, A)).isTrue();
  }

  @Test
  void shouldForgetThePartitionsThatGoElsewhere() {
    seats.admit(FIRST, false, A);
    seats.admit(SECOND, false, B);
    seats.admit(THIRD, false, C);

    seats.forget(List.of(C));
    assertThat(seats.waiting()).isEmpty();

    seats.forget(List.of(A));
    assertThat(seats.admit(THIRD, false, C)).isTrue();
  }

  private void pass(Duration time) {
    now += time.toNanos();
  }
}
