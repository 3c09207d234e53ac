package io.zoetrope.assembler;

import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** What a consumer's loop finds when it begins: a partition, how far it is, and its records. */
record Delivery(
    TopicPartition partition,
    OffsetAndMetadata before,
    List<ConsumerRecord<byte[], byte[]>> records) {
  /**
   * Whether a loop is to go on, as it asks on each turn: on the first, the consumer is given all
   * this.
   */
  BooleanSupplier until(BooleanSupplier done, MockConsumer<byte[], byte[]> consumer) {
    boolean[] given = {false};
    consumer.updateBeginningOffsets(Map.of(partition, 0L));
    return () -> {
      if (!given[0]) {
        given[0] = true;
        consumer.commitSync(Map.of(partition, before));
        consumer.rebalance(List.of(partition));
        records.forEach(consumer::addRecord);
        return true;
      }
      return !done.getAsBoolean();
    };
  }
}
