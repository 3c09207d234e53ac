package io.zoetrope.detector;

import io.zoetrope.isolation.Attempt;
import io.zoetrope.isolation.AttemptNote;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * What is committed for each partition, and what has to be: the offset to go on from, with the
 * batches in the workers' hands as metadata, so that whoever has the partition after the death of
 * this process knows which of them may have been the cause. One thread.
 */
final class AttemptLog {
  private final String owner;
  private final Map<TopicPartition, OffsetAndMetadata> committed = new HashMap<>();
  private final Map<TopicPartition, NavigableMap<Long, Integer>> deaths = new HashMap<>();
  private final Set<PendingBatch> inHand = Collections.newSetFromMap(new IdentityHashMap<>());

  /**
   * Nothing is assigned yet.
   *
   * @param owner names this process, and no other that was before it
   */
  AttemptLog(String owner) {
    this.owner = owner;
  }

  /** Takes over what an earlier owner left; a null value where nothing was ever committed. */
  void assigned(Map<TopicPartition, OffsetAndMetadata> found) {
    found.forEach(
        (partition, offset) -> {
          if (offset != null) {
            committed.put(partition, offset);
            deaths.put(
                partition, AttemptNote.parse(offset.metadata(), offset.offset()).deaths(owner));
          }
        });
  }

  /** How many processes died with this batch in hand. */
  int deaths(PendingBatch batch) {
    return deaths(batch.partition()).getOrDefault(batch.offset(), 0);
  }

  /** The batch goes to the workers, as soon as that is committed. */
  void begin(PendingBatch batch) {
    inHand.add(batch);
  }

  /** Those of these partitions that the workers have. */
  List<PendingBatch> inHand(Collection<TopicPartition> partitions) {
    return inHand.stream().filter(batch -> partitions.contains(batch.partition())).toList();
  }

  /** The batches of these partitions are the workers' no more, done or not. */
  void release(Collection<TopicPartition> partitions) {
    inHand.removeIf(batch -> partitions.contains(batch.partition()));
  }

  /**
   * What differs from what is committed, which it is taken to be from now on.
   *
   * @param position where each partition is to be gone on from
   */
  Map<TopicPartition, OffsetAndMetadata> toCommit(
      Collection<TopicPartition> partitions,
      BatchesInFlight inFlight,
      ToLongFunction<TopicPartition> position) {
    inHand.removeIf(PendingBatch::isDone);
    Map<TopicPartition, OffsetAndMetadata> changed = new HashMap<>();
    for (TopicPartition partition : partitions) {
      long next = position.applyAsLong(partition);
      deaths(partition).headMap(next).clear();
      OffsetAndMetadata offset =
          new OffsetAndMetadata(
              next, new AttemptNote(owner, attempts(partition, inFlight)).format(next));
      if (!offset.equals(committed.put(partition, offset))) {
        changed.put(partition, offset);
      }
    }
    return changed;
  }

  void forget(Collection<TopicPartition> partitions) {
    release(partitions);
    committed.keySet().removeAll(partitions);
    deaths.keySet().removeAll(partitions);
  }

  private List<Attempt> attempts(TopicPartition partition, BatchesInFlight inFlight) {
    NavigableMap<Long, Attempt> attempts = new TreeMap<>();
    deaths(partition)
        .forEach((offset, count) -> attempts.put(offset, new Attempt(offset, count, false)));
    for (PendingBatch batch : inFlight.of(List.of(partition))) {
      if (batch.isDone()) {
        attempts.remove(batch.offset());
      } else if (inHand.contains(batch)) {
        attempts.put(batch.offset(), new Attempt(batch.offset(), deaths(batch), true));
      }
    }
    return new ArrayList<>(attempts.values());
  }

  private NavigableMap<Long, Integer> deaths(TopicPartition partition) {
    return deaths.computeIfAbsent(partition, unknown -> new TreeMap<>());
  }
}
