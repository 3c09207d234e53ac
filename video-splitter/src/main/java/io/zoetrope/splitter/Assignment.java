package io.zoetrope.splitter;

import io.zoetrope.splitter.CutAttempts.Admission;
import java.util.List;
import org.apache.kafka.common.TopicPartition;

/**
 * Requests of one partition that are seen to together, and the way to settle them. Used by one
 * thread.
 *
 * @param split key of the split that they are about
 * @param offsets in ascending order
 */
record Assignment(
    TopicPartition partition, String split, List<Long> offsets, CutAttempts attempts) {

  static Assignment of(
      TopicPartition partition, List<? extends Request<?>> requests, CutAttempts attempts) {
    return new Assignment(
        partition,
        requests.get(0).split(),
        requests.stream().<Long>map(Request::offset).toList(),
        attempts);
  }

  /** Of the video, before it is opened. */
  Admission admission() {
    return attempts.admission(partition, offsets.get(0));
  }

  long lastOffset() {
    return offsets.get(offsets.size() - 1);
  }

  /**
   * Begins a transaction that only the owner of the partition can commit, since it commits where
   * the partition stands: a process that was stopped for a while mustn't write over what its
   * successor wrote.
   */
  void begin(EventTransactions transactions) {
    transactions.begin();
    transactions.settle(partition, attempts.toCommit(partition));
  }

  /** Likewise, a transaction with which the requests are settled. */
  void beginLast(EventTransactions transactions) {
    attempts.log(partition).settle(offsets);
    begin(transactions);
  }
}
