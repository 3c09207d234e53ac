package io.zoetrope.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zoetrope.topology.query.QueryException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StoreLagsTest {
  @Test
  void shouldKnowOnlyPartitionsThatAreHere() {
    try (StoreLags lags = new StoreLags(() -> Map.of(3, lag(17)))) {
      assertThat(lags.of(3)).contains(lag(17));
      assertThat(lags.of(4)).isEmpty();
    }
  }

  @Test
  void shouldLookAnewForWhoeverAsksLater() {
    AtomicLong looks = new AtomicLong();
    try (StoreLags lags = new StoreLags(() -> Map.of(0, lag(looks.incrementAndGet())))) {
      assertThat(lags.of(0)).contains(lag(1));
      assertThat(lags.of(0)).contains(lag(2));
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
              return Map.of(0, lag(looks.incrementAndGet()));
            });
    try (StoreLags lags = shared) {
      // Given a look in progress
      CompletableFuture<Optional<StoreLag>> first = CompletableFuture.supplyAsync(() -> lags.of(0));
      begun.await();

      // When ten more want to know
      List<Thread> askers = new ArrayList<>();
      List<CompletableFuture<Optional<StoreLag>>> others = new ArrayList<>();
      for (int i = 0; i < 10; i++) {
        CompletableFuture<Optional<StoreLag>> answer = new CompletableFuture<>();
        Thread asker = new Thread(() -> answer.complete(lags.of(0)));
        asker.start();
        askers.add(asker);
        others.add(answer);
      }
      Awaitility.await()
          .until(() -> askers.stream().allMatch(a -> a.getState() == Thread.State.TIMED_WAITING));
      goOn.countDown();

      // Then one more look serves them all, and none of them what was seen before it asked
      assertThat(first.join()).contains(lag(1));
      assertThat(others).allSatisfy(answer -> assertThat(answer.join()).contains(lag(2)));
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
      assertThatThrownBy(() -> lags.of(0))
          .isInstanceOfSatisfying(
              QueryException.class, e -> assertThat(e.code()).isEqualTo("STORES_NOT_READY"));
    }
  }

  @ParameterizedTest(name = "{0} of {1} records: {2}")
  @CsvSource({
    "0, 0, true",
    "100, 100, true",
    "101, 1000, false",
    "101, 1010, true",
    "10000, 1000000, true",
    "10001, 1000000, false"
  })
  void shouldTellACopyThatHasNearlyEverything(long records, long end, boolean small) {
    assertThat(new StoreLag(records, end).isSmall()).isEqualTo(small);
  }

  private static StoreLag lag(long records) {
    return new StoreLag(records, 100);
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
