package io.zoetrope.assembler;

import io.zoetrope.isolation.RequestLog;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * What of the partitions that a consumer has is settled, and what is in hand; on record in the
 * committed offsets, so that whoever has a partition after the death of this process knows what may
 * have been the cause. The consumer's thread.
 */
final class RequestLogs {
  /** In which the transaction of a process that is gone comes to its end, usually in twenty. */
  private static final Duration UNDER_WAY = Duration.ofSeconds(30);

  private final String owner;
  private final Consumer<?, ?> consumer;
  private final Map<TopicPartition, RequestLog> logs = new HashMap<>();

  /**
   * Nothing is assigned yet.
   *
   * @param owner names this process, and no other that was before it
   */
  RequestLogs(String owner, Consumer<?, ?> consumer) {
    this.owner = owner;
    this.consumer = consumer;
  }

  /** Takes over what earlier owners of these partitions left. */
  void assigned(Collection<TopicPartition> partitions) {
    Map<TopicPartition, OffsetAndMetadata> committed =
        consumer.committed(Set.copyOf(partitions), UNDER_WAY);
    partitions.forEach(partition -> logs.put(partition, log(committed.get(partition))));
  }

  private RequestLog log(OffsetAndMetadata found) {
    return found == null
        ? new RequestLog(owner)
        : new RequestLog(owner, new RequestLog.Place(found.offset(), found.metadata()));
  }

  static TopicPartition partition(ConsumerRecord<?, ?> request) {
    return new TopicPartition(request.topic(), request.partition());
  }

  /** A request was read, which is to be settled in its time. */
  void read(ConsumerRecord<?, ?> request) {
    logs.get(partition(request)).read(request.offset());
  }

  /** How many processes ended with this request in hand. */
  int deaths(ConsumerRecord<?, ?> request) {
    return logs.get(partition(request)).deaths(request.offset());
  }

  /** The request is in hand from now on, which is on record when this returns. */
  void begin(ConsumerRecord<?, ?> request) {
    RequestLog log = logs.get(partition(request));
    if (!log.isInHand(request.offset())) {
      log.begin(request.offset());
      commit(partition(request));
    }
  }

  /** The request is done with, which is on record when this returns. */
  void settle(ConsumerRecord<?, ?> request) {
    logs.get(partition(request)).settle(List.of(request.offset()));
    commit(partition(request));
  }

  /** If the request is in hand it is put by: what happens from now on isn't its fault. */
  void release(ConsumerRecord<?, ?> request) {
    RequestLog log = logs.get(partition(request));
    if (log.isInHand(request.offset())) {
      log.release(request.offset());
      commit(partition(request));
    }
  }

  /** These partitions go to others; what of them was in hand is given up in an orderly way. */
  void handOver(Collection<TopicPartition> partitions) {
    for (TopicPartition partition : partitions) {
      RequestLog log = logs.get(partition);
      if (log != null && log.releaseAll()) {
        commit(partition);
      }
    }
    forget(partitions);
  }

  /** These partitions are others' already. */
  void forget(Collection<TopicPartition> partitions) {
    logs.keySet().removeAll(partitions);
  }

  /** Whether this consumer still has the partition of {@code request}. */
  boolean has(ConsumerRecord<?, ?> request) {
    return logs.containsKey(partition(request));
  }

  private void commit(TopicPartition partition) {
    RequestLog.Place place = logs.get(partition).toCommit();
    consumer.commitSync(Map.of(partition, new OffsetAndMetadata(place.offset(), place.note())));
  }
}
