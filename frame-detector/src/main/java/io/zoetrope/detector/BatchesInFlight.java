package io.zoetrope.detector;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;

/**
 * The batches of each partition that are read and not published, in the order of their offsets. A
 * batch is given out when it and all before it are done, because an offset can only be committed
 * together with all before it. One thread.
 */
final class BatchesInFlight {
  /** One that is decoded, and one to go on with. */
  private static final int PER_CHAIN = 2;

  private final Map<TopicPartition, Deque<PendingBatch>> batches = new HashMap<>();
  private int size;

  int size() {
    return size;
  }

  /** Those that still take somebody's time. */
  int unfinished() {
    return Math.toIntExact(allUnfinished().count());
  }

  /** How many {@link #takeDone} would give out. */
  int publishable() {
    return Math.toIntExact(
        batches.values().stream()
            .flatMap(queue -> queue.stream().takeWhile(PendingBatch::isDone))
            .count());
  }

  void add(PendingBatch batch) {
    batches.computeIfAbsent(batch.partition(), p -> new ArrayDeque<>()).add(batch);
    size++;
  }

  /** Removes the batches that are done, of each partition up to the first that isn't. */
  List<PendingBatch> takeDone() {
    List<PendingBatch> done = new ArrayList<>();
    for (Deque<PendingBatch> queue : batches.values()) {
      while (!queue.isEmpty() && queue.peek().isDone()) {
        done.add(queue.poll());
      }
    }
    size -= done.size();
    return done;
  }

  /** Where a partition has to be read again if this process is lost now; nothing if nowhere. */
  OptionalLong firstOffset(TopicPartition partition) {
    Deque<PendingBatch> queue = batches.get(partition);
    return queue == null || queue.isEmpty()
        ? OptionalLong.empty()
        : OptionalLong.of(queue.peek().offset());
  }

  /** Chains of which batches are in hand. */
  Set<ChainKey> chains() {
    return allUnfinished().flatMap(batch -> batch.chain().stream()).collect(Collectors.toSet());
  }

  /**
   * Partitions that have enough in hand though others haven't: a chain's batches are decoded one
   * after the other, so more of them would only take the room of those that needn't wait.
   */
  Set<TopicPartition> crowded() {
    Map<ChainKey, Long> counts =
        allUnfinished()
            .flatMap(batch -> batch.chain().stream())
            .collect(Collectors.groupingBy(chain -> chain, Collectors.counting()));
    return allUnfinished()
        .filter(batch -> batch.chain().filter(c -> counts.get(c) >= PER_CHAIN).isPresent())
        .map(PendingBatch::partition)
        .collect(Collectors.toSet());
  }

  private Stream<PendingBatch> allUnfinished() {
    return batches.values().stream().flatMap(Deque::stream).filter(batch -> !batch.isDone());
  }

  List<PendingBatch> of(Collection<TopicPartition> partitions) {
    return partitions.stream()
        .filter(batches::containsKey)
        .flatMap(partition -> batches.get(partition).stream())
        .toList();
  }

  /** Gives the batches of these partitions up. */
  void abandon(Collection<TopicPartition> partitions) {
    List<PendingBatch> abandoned = of(partitions);
    abandoned.forEach(PendingBatch::abandon);
    size -= abandoned.size();
    batches.keySet().removeAll(partitions);
  }

  void abandonAll() {
    abandon(List.copyOf(batches.keySet()));
  }
}
