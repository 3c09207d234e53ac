package io.zoetrope.detector;

import io.zoetrope.detector.inference.Failure;
import io.zoetrope.schemas.DeadLetter;
import io.zoetrope.schemas.Topics;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Records that go to the dead-letter topic as they came, together with what is published of the
 * batches that they hold. One thread.
 */
final class SetAside {
  private final IdentityHashMap<PendingBatch, ProducerRecord<byte[], byte[]>> letters =
      new IdentityHashMap<>();

  /** The record of {@code batch} is of no use, or dangerous. */
  void add(PendingBatch batch, ConsumerRecord<byte[], byte[]> record, Failure why) {
    letters.put(
        batch, DeadLetter.of(record, Topics.FRAME_BATCHES_DEAD_LETTER, why.code(), why.message()));
  }

  /** What is to be set aside with {@code batch}, once. */
  Optional<ProducerRecord<byte[], byte[]>> take(PendingBatch batch) {
    return Optional.ofNullable(letters.remove(batch));
  }

  void forget(Collection<TopicPartition> partitions) {
    letters.keySet().removeIf(batch -> partitions.contains(batch.partition()));
  }
}
