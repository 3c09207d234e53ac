package io.zoetrope.schemas;

import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * A topic as it is declared, once: keys are plain UTF-8, values are Avro in Confluent's wire
 * format.
 *
 * @param partitions for ever: the place of every key depends on it
 * @param config the topic's configuration, without replication, which is the cluster's affair
 */
public record Topic<V extends SpecificRecord>(
    String name,
    Class<V> valueType,
    int partitions,
    Partitioning partitioning,
    Map<String, String> config)
    implements DeclaredTopic {

  /** Under which the value's schema is registered. */
  public String subject() {
    return name + "-value";
  }

  /** Where the records with this key lie. */
  public int partition(String key) {
    return partitioning.partition(key, partitions);
  }

  /** From 0 up. */
  public Set<Integer> everyPartition() {
    return IntStream.range(0, partitions).boxed().collect(Collectors.toUnmodifiableSet());
  }

  /** A record for this topic, placed where its key belongs; a null value deletes. */
  public ProducerRecord<String, V> message(String key, V value) {
    return new ProducerRecord<>(name, partition(key), key, value);
  }
}
