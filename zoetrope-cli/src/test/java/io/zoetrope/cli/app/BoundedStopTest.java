package io.zoetrope.cli.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class BoundedStopTest {
  @Test
  void shouldWaitForWhatIsDoneInTime() {
    AtomicBoolean done = new AtomicBoolean();

    assertThat(BoundedStop.isDone(() -> done.set(true), Duration.ofMinutes(1))).isTrue();

    assertThat(done).isTrue();
  }

  @Test
  void shouldNotWaitForWhatIsStuck() {
    CountDownLatch never = new CountDownLatch(1);

    boolean done =
        BoundedStop.isDone(
            () -> {
              try {
                never.await();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            },
            Duration.ofMillis(50));

    never.countDown();
    assertThat(done).isFalse();
  }
}
