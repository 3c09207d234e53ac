package io.zoetrope.isolation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PulseTest {
  @Test
  void shouldBeStuckAfterItsLimit() {
    Pulse pulse = new Pulse("The loop", Duration.ofSeconds(-1));
    assertThat(pulse.stuck()).as("before it first beats").isEmpty();

    pulse.beat();

    assertThat(pulse.stuck()).contains("The loop has been at the same thing for 0 s");
  }

  @Test
  void shouldNotBeStuckWithinItsLimit() {
    Pulse pulse = new Pulse("The loop", Duration.ofHours(1));

    pulse.beat();

    assertThat(pulse.stuck()).isEmpty();
  }

  @Test
  void shouldRestForAsLongAsThereIsNothingToDo() {
    Pulse pulse = new Pulse("The loop", Duration.ofSeconds(-1));
    pulse.beat();

    pulse.rest();
    assertThat(pulse.stuck()).isEmpty();

    pulse.beat();
    assertThat(pulse.stuck()).isPresent();
  }
}
