package io.zoetrope.topology;

import io.zoetrope.events.BatchDetections;
import io.zoetrope.events.SequenceRange;
import io.zoetrope.schemas.Keys;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/**
 * Walks over a run's batches and notes which are missing, or have failed, up to a bound. One walk,
 * one thread.
 */
final class MissingBatches {
  // What is asked for, or given up, at once: a record and a transaction of moderate size.
  private static final int MOST_RANGES = 1_000;
  private static final int MOST_BATCHES = 50_000;

  private final List<SequenceRange> ranges = new ArrayList<>();
  private int left = MOST_BATCHES;

  private MissingBatches() {}

  /**
   * The first of those that were published and aren't in, in ascending order.
   *
   * @param published sequences 0 to {@code published - 1}
   */
  static List<SequenceRange> of(
      String runKey, int published, ReadOnlyKeyValueStore<String, BatchDetections> detections) {
    MissingBatches missing = new MissingBatches();
    KeyRange range = KeyRange.under(runKey);
    int next = 0;
    try (KeyValueIterator<String, BatchDetections> batches =
        detections.range(range.from(), range.to())) {
      while (batches.hasNext() && next < published && !missing.full()) {
        int sequence = Keys.sequence(batches.next().key);
        missing.add(next, Math.min(sequence, published));
        next = sequence + 1;
      }
    }
    missing.add(next, published);
    return missing.ranges;
  }

  /** The first of those that have failed as a whole, in ascending order. */
  static List<SequenceRange> failed(
      String runKey, ReadOnlyKeyValueStore<String, BatchDetections> detections) {
    MissingBatches missing = new MissingBatches();
    try (Stream<BatchDetections> batches = KeyRange.under(runKey).stream(detections)) {
      batches
          .filter(batch -> batch.getFailure() != null)
          .takeWhile(failed -> !missing.full())
          .forEach(failed -> missing.add(failed.getSequence(), failed.getSequence() + 1));
    }
    return missing.ranges;
  }

  private boolean full() {
    return left == 0 || ranges.size() == MOST_RANGES;
  }

  private void add(int from, int to) {
    int count = Math.min(to - from, left);
    if (count <= 0 || full()) {
      return;
    }
    left -= count;
    SequenceRange before = ranges.isEmpty() ? null : ranges.get(ranges.size() - 1);
    if (before != null && before.getLast() == from - 1) {
      before.setLast(from + count - 1);
    } else {
      ranges.add(new SequenceRange(from, from + count - 1));
    }
  }
}
