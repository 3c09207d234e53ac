package io.zoetrope.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zoetrope.topology.query.QueryException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class StoreLagsTest {
  @Test
  void shouldKnowOnlyPartitionsThatAreHere() {
    try (StoreLags lags = new StoreLags(() -> Map.of(3, 17L))) {
      assertThat(lags.behind(3)).hasValue(17);
      assertThat(lags.behind(4)).isEmpty();
    }
  }

  @Test
  void shouldLookAnewForWhoeverAsksLater() {
    AtomicLong end = new AtomicLong();
    try (StoreLags lags = new StoreLags(() -> Map.of(0, end.incrementAndGet()))) {
      assertThat(lags.behind(0)).hasValue(1);
      assertThat(lags.behind(0)).hasValue(2);
    }
  }

  @Test
  void shouldTakeOneLookForAllWhoAskDuringAnother() throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    AtomicLong looks = new AtomicLong();
    StoreLags shared =
        new StoreLags(
            () -> {
              begun.countDown();
              awaitUninterruptibly(goOn);
              return Map.of(0, looks.incrementAndGet());
            });
    try (StoreLags lags = shared) {
      // Given a look in progress
      CompletableFuture<OptionalLong> first = CompletableFuture.supplyAsync(() -> lags.behind(0));
      begun.await();

      // When ten more want to know
      List<Thread> askers = new ArrayList<>();
      List<CompletableFuture<OptionalLong>> others = new ArrayList<>();
      for (int i = 0; i < 10; i++) {
        CompletableFuture<OptionalLong> answer = new CompletableFuture<>();
        Thread asker = new Thread(() -> answer.complete(lags.behind(0)));
        asker.start();
        askers.add(asker);
        others.add(answer);
      }
      Awaitility.await()
          .until(
              () -> askers.stream().allMatch(a -> a.getState() == Thread.State.TIMED_WAITING));
      goOn.countDown();

      // Then one more look serves them all, and none of them what was seen before it asked
      assertThat(first.join()).hasValue(1);
      assertThat(others).allSatisfy(answer -> assertThat(answer.join()).hasValue(2));
      assertThat(looks).hasValue(2);
    }
  }

  @Test
  void shouldSayThatItCanNotBeFoundOut() {
    StoreLags failing =
        new StoreLags(
            () -> {
              throw new IllegalStateException("no broker");
            });
    try (StoreLags lags = failing) {
      assertThatThrownBy(() -> lags.behind(0))
          .isInstanceOfSatisfying(
              QueryException.class, e -> assertThat(e.code()).isEqualTo("STORES_NOT_READY"));
    }
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
