package io.zoetrope.isolation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class PulseTest {
  private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5);
  private final Pulse pulse = new Pulse(Duration.ofNanos(10), now::get);

  @Test
  void shouldBeatUntilItsPatienceIsOverEvenWhereTheClockOverflows() {
    now.addAndGet(10);
    assertThat(pulse.isBeating()).isTrue();

    now.addAndGet(1);
    assertThat(pulse.isBeating()).isFalse();
  }

  @Test
  void shouldBeatAgainAfterABeat() {
    now.addAndGet(100);

    pulse.beat();

    assertThat(pulse.isBeating()).isTrue();
  }
}
