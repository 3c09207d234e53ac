package io.zoetrope.schemas;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.utils.Utils;

/**
 * From a record's key to its partition. Any producer that writes to a topic uses the partitioning
 * of that topic.
 */
@FunctionalInterface
public interface Partitioning {
  /**
   * By the id before the first slash, as Kafka's default partitioner would place that id alone: all
   * that belongs to one video shares a partition.
   */
  Partitioning BY_OWNER = (key, partitions) -> hash(Keys.owner(key)) % partitions;

  /** Each split starts at a partition of its own, and its batches go round from there. */
  Partitioning ROUND_FROM_OWNER =
      (key, partitions) -> (int) (((long) hash(Keys.owner(key)) + Keys.sequence(key)) % partitions);

  /** The partition of {@code key} among {@code partitions}. */
  int partition(String key, int partitions);

  private static int hash(String id) {
    return Utils.toPositive(Utils.murmur2(id.getBytes(StandardCharsets.UTF_8)));
  }
}
