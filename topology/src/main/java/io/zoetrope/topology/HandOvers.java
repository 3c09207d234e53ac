package io.zoetrope.topology;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * What the owner of a partition has yet to read before it knows all that its predecessor knew. Who
 * owns a partition answers from what it has processed, committed or not; when it dies, its
 * successor begins at the last commit, and would tell, for a moment, what was so before. The end of
 * each input at the hand-over is beyond all that anybody has answered from. Any thread.
 */
final class HandOvers {
  private final Set<TopicPartition> owned = ConcurrentHashMap.newKeySet();
  private final Map<TopicPartition, HandOver> open = new ConcurrentHashMap<>();

  /**
   * One input of a partition.
   *
   * @param end where it ended when this owner first knew; -1 before that
   * @param fetched the offset behind the last record before the end that was fetched; -1: none was
   * @param position where fetching goes on
   * @param committed where the last commit would have another owner begin; -1 before the first
   */
  private record HandOver(long end, long fetched, long position, long committed) {
    static final HandOver BEGUN = new HandOver(-1, -1, -1, -1);

    HandOver read(long next, long endNow, OptionalLong lastRecord) {
      long last = end < 0 ? endNow : end;
      boolean counts = lastRecord.isPresent() && fetched < last;
      return new HandOver(last, counts ? lastRecord.getAsLong() + 1 : fetched, next, committed);
    }

    HandOver committed(long offset) {
      return new HandOver(end, fetched, position, offset);
    }

    /** At least 1 while it isn't over; 0 then. */
    long behind() {
      boolean over = end >= 0 && position >= end && committed >= Math.min(fetched, end);
      return over ? 0 : Math.max(1, end - Math.max(committed, 0));
    }
  }

  /** This instance was given these inputs. */
  void begin(Collection<TopicPartition> inputs) {
    owned.addAll(inputs);
    inputs.forEach(input -> open.put(input, HandOver.BEGUN));
  }

  /** What wasn't committed is taken back, and will be read once more. */
  void beginAgain() {
    begin(List.copyOf(owned));
  }

  /** These inputs are another's now. */
  void forget(Collection<TopicPartition> inputs) {
    inputs.forEach(owned::remove);
    inputs.forEach(open::remove);
  }

  /** The inputs that reading and committing are to be told of. */
  Set<TopicPartition> open() {
    return Set.copyOf(open.keySet());
  }

  /**
   * An input was read on.
   *
   * @param position where reading goes on
   * @param end where the input ends by now
   * @param lastRecord offset of the last record that came; empty: none did
   */
  void read(TopicPartition input, long position, long end, OptionalLong lastRecord) {
    open.computeIfPresent(
        input, (key, handOver) -> orOver(handOver.read(position, end, lastRecord)));
  }

  /** So far everything is processed, and nobody will begin before it. */
  void committed(Map<TopicPartition, OffsetAndMetadata> offsets) {
    offsets.forEach(
        (input, offset) ->
            open.computeIfPresent(
                input, (key, handOver) -> orOver(handOver.committed(offset.offset()))));
  }

  /**
   * Records, at most, that are still to be processed for {@code partition}; empty where it is
   * another instance's.
   */
  OptionalLong unread(int partition) {
    if (owned.stream().noneMatch(input -> input.partition() == partition)) {
      return OptionalLong.empty();
    }
    return OptionalLong.of(sum(partition));
  }

  private long sum(int partition) {
    return open.entrySet().stream()
        .filter(entry -> entry.getKey().partition() == partition)
        .mapToLong(entry -> entry.getValue().behind())
        .sum();
  }

  private static HandOver orOver(HandOver handOver) {
    return handOver.behind() == 0 ? null : handOver;
  }
}
