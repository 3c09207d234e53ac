package io.zoetrope.detector;

import io.zoetrope.detector.inference.Chain;
import io.zoetrope.media.ChainDecoder;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.kafka.common.TopicPartition;

/**
 * Which decode chains have a decoder here: a few, because each holds many pictures. Where another
 * one comes, its partition waits until a chain has ended; to bring a decoder back to where it was
 * costs a whole chain, so none is thrown away while its chain goes on. A chain that nobody goes on
 * with gives its seat up. One thread.
 */
final class ChainSeats implements AutoCloseable {
  private final int limit;
  private final long patienceNanos;
  private final LongSupplier nanoTime;
  private final Map<ChainKey, Seat> seats = new LinkedHashMap<>();
  private final Map<TopicPartition, ChainKey> waiting = new LinkedHashMap<>();

  private static final class Seat {
    private final TopicPartition partition;
    private Optional<Chain> chain = Optional.empty();
    private long lastUsed;
    private boolean ends;

    Seat(TopicPartition partition, long now) {
      this.partition = partition;
      this.lastUsed = now;
    }
  }

  /**
   * No chains yet.
   *
   * @param limit of decoders at a time
   * @param patience with a chain of which no batch comes, while another one waits
   */
  ChainSeats(int limit, Duration patience, LongSupplier nanoTime) {
    this.limit = limit;
    this.patienceNanos = patience.toNanos();
    this.nanoTime = nanoTime;
  }

  /**
   * Whether a batch that was read from {@code partition} has a seat. If not, it is to be read again
   * as soon as {@link #waiting} doesn't name its partition any more.
   *
   * @param last whether the chain ends with this batch
   */
  boolean admit(ChainKey key, boolean last, TopicPartition partition) {
    if (!seats.containsKey(key)) {
      if (!waiting.isEmpty() || seats.size() == limit) {
        waiting.put(partition, key);
        return false;
      }
      seats.put(key, new Seat(partition, nanoTime.getAsLong()));
    }
    Seat seat = seats.get(key);
    seat.lastUsed = nanoTime.getAsLong();
    seat.ends = last;
    return true;
  }

  /** A chain that has a seat, made where it is new here. */
  Chain chain(ChainKey key, Supplier<ChainDecoder> opening) {
    Seat seat = seats.get(key);
    if (seat.chain.isEmpty()) {
      seat.chain = Optional.of(new Chain(opening));
    }
    return seat.chain.get();
  }

  /** Partitions that aren't to be read on for the moment. */
  Set<TopicPartition> waiting() {
    return waiting.keySet();
  }

  /**
   * Frees the seats of chains that have ended, and gives them to those that wait.
   *
   * @param inUse chains of which batches are in hand
   */
  void update(Collection<ChainKey> inUse) {
    long now = nanoTime.getAsLong();
    inUse.stream()
        .map(seats::get)
        .filter(seat -> seat != null)
        .forEach(seat -> seat.lastUsed = now);
    seats.entrySet().stream()
        .filter(seat -> seat.getValue().ends && !inUse.contains(seat.getKey()))
        .map(Map.Entry::getKey)
        .toList()
        .forEach(this::free);
    while (!waiting.isEmpty()) {
      if (seats.size() == limit) {
        dispensable(now).ifPresent(this::free);
      }
      if (seats.size() == limit) {
        return;
      }
      Map.Entry<TopicPartition, ChainKey> first = waiting.entrySet().iterator().next();
      seats.putIfAbsent(first.getValue(), new Seat(first.getKey(), now));
      waiting.remove(first.getKey());
    }
  }

  /**
   * The chain that has been idle longest, of those that could go on. Those behind a batch that
   * waits can't: they count only where all are idle, as they would wait for each other for ever.
   */
  private Optional<ChainKey> dispensable(long now) {
    List<Map.Entry<ChainKey, Seat>> idle =
        seats.entrySet().stream()
            .filter(seat -> now - seat.getValue().lastUsed > patienceNanos)
            .sorted(Comparator.comparingLong(seat -> seat.getValue().lastUsed))
            .toList();
    boolean all = idle.size() == seats.size();
    return idle.stream()
        .filter(seat -> all || !waiting.containsKey(seat.getValue().partition))
        .map(Map.Entry::getKey)
        .findFirst();
  }

  private void free(ChainKey key) {
    seats.remove(key).chain.ifPresent(Chain::close);
  }

  /** Closes the chains of these partitions. */
  void forget(Collection<TopicPartition> partitions) {
    waiting.keySet().removeAll(partitions);
    seats.entrySet().stream()
        .filter(seat -> partitions.contains(seat.getValue().partition))
        .map(Map.Entry::getKey)
        .toList()
        .forEach(this::free);
  }

  @Override
  public void close() {
    waiting.clear();
    List.copyOf(seats.keySet()).forEach(this::free);
  }
}
