package io.zoetrope.topology;

import io.zoetrope.schemas.Topics;
import io.zoetrope.topology.query.QueryException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.LagInfo;

/**
 * How far the stores of this instance are behind their changelogs. To find that out the brokers are
 * asked, so whoever wants to know while a look is being taken shares the next one. Any thread.
 */
final class StoreLags implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final Duration IDLE = Duration.ofSeconds(10);

  private final Supplier<Map<Integer, StoreLag>> look;
  private final ExecutorService looking;
  // The look that hasn't begun yet; null where nobody waits for one.
  private CompletableFuture<Map<Integer, StoreLag>> next;

  /**
   * Lags as {@code look} finds them.
   *
   * @param look gives them by partition, and may take long, as it does where brokers are away
   */
  StoreLags(Supplier<Map<Integer, StoreLag>> look) {
    this.look = look;
    this.looking =
        new ThreadPoolExecutor(
            0,
            1,
            IDLE.toMillis(),
            TimeUnit.MILLISECONDS,
            new LinkedBlockingQueue<>(),
            task -> {
              Thread thread = new Thread(task, "zoetrope-store-lags");
              thread.setDaemon(true);
              return thread;
            });
  }

  /** Those of the stores that {@code streams} has. */
  static StoreLags in(KafkaStreams streams) {
    return new StoreLags(() -> byPartition(streams.allLocalStorePartitionLags()));
  }

  /**
   * That of {@code partition} at a moment after the call; empty where one of the stores isn't here.
   *
   * @throws QueryException {@code STORES_NOT_READY} where it can't be found out
   */
  Optional<StoreLag> of(int partition) {
    try {
      return Optional.ofNullable(
          nextLook().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS).get(partition));
    } catch (ExecutionException | TimeoutException | RejectedExecutionException e) {
      throw unknown(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unknown(e);
    }
  }

  @Override
  public void close() {
    looking.shutdownNow();
  }

  private synchronized CompletableFuture<Map<Integer, StoreLag>> nextLook() {
    if (next == null) {
      looking.execute(this::take);
      next = new CompletableFuture<>();
    }
    return next;
  }

  private void take() {
    CompletableFuture<Map<Integer, StoreLag>> taken;
    synchronized (this) {
      taken = next;
      next = null;
    }
    try {
      taken.complete(look.get());
    } catch (RuntimeException e) {
      taken.completeExceptionally(e);
    }
  }

  private static Map<Integer, StoreLag> byPartition(Map<String, Map<Integer, LagInfo>> lags) {
    Map<Integer, StoreLag> sums = new HashMap<>();
    for (int partition : Topics.RUNS.everyPartition()) {
      List<LagInfo> each =
          VideoStores.NAMES.stream()
              .map(store -> lags.getOrDefault(store, Map.of()).get(partition))
              .toList();
      if (each.stream().allMatch(Objects::nonNull)) {
        sums.put(
            partition,
            new StoreLag(
                each.stream().mapToLong(LagInfo::offsetLag).sum(),
                each.stream().mapToLong(LagInfo::endOffsetPosition).sum()));
      }
    }
    return sums;
  }

  private static QueryException unknown(Exception cause) {
    return new QueryException(
        QueryException.STORES_NOT_READY,
        "how far the copies of the stores are behind can't be found out; ask again in a moment",
        cause);
  }
}
