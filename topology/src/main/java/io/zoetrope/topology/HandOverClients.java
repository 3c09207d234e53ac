package io.zoetrope.topology;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.KafkaClientSupplier;

/** Kafka's own clients for Kafka Streams, which tell {@link HandOvers} how far they are. */
final class HandOverClients implements KafkaClientSupplier {
  private final HandOvers handOvers;

  HandOverClients(HandOvers handOvers) {
    this.handOvers = handOvers;
  }

  @Override
  public Admin getAdmin(Map<String, Object> config) {
    return Admin.create(config);
  }

  @Override
  public Producer<byte[], byte[]> getProducer(Map<String, Object> config) {
    return new TellingProducer(config, handOvers);
  }

  @Override
  public Consumer<byte[], byte[]> getConsumer(Map<String, Object> config) {
    return new TellingConsumer(config, handOvers);
  }

  @Override
  public Consumer<byte[], byte[]> getRestoreConsumer(Map<String, Object> config) {
    return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  @Override
  public Consumer<byte[], byte[]> getGlobalConsumer(Map<String, Object> config) {
    return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  private static final class TellingConsumer extends KafkaConsumer<byte[], byte[]> {
    private final HandOvers handOvers;

    TellingConsumer(Map<String, Object> config, HandOvers handOvers) {
      super(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
      this.handOvers = handOvers;
    }

    @Override
    public void subscribe(Collection<String> topics, ConsumerRebalanceListener listener) {
      super.subscribe(topics, new TellingListener(listener, handOvers));
    }

    @Override
    public ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
      ConsumerRecords<byte[], byte[]> records = super.poll(timeout);
      Set<TopicPartition> open = handOvers.open();
      if (!open.isEmpty()) {
        Set<TopicPartition> mine = new HashSet<>(assignment());
        mine.retainAll(open);
        mine.forEach(input -> tell(input, records.records(input)));
      }
      return records;
    }

    // While the lag isn't known the position may not be either, and asking for it would wait.
    private void tell(TopicPartition input, List<ConsumerRecord<byte[], byte[]>> records) {
      OptionalLong lag = currentLag(input);
      if (lag.isPresent()) {
        long position = position(input);
        OptionalLong last = records.stream().mapToLong(ConsumerRecord::offset).max();
        handOvers.read(input, position, position + lag.getAsLong(), last);
      }
    }
  }

  private record TellingListener(ConsumerRebalanceListener listener, HandOvers handOvers)
      implements ConsumerRebalanceListener {
    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> inputs) {
      handOvers.begin(inputs);
      listener.onPartitionsAssigned(inputs);
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> inputs) {
      listener.onPartitionsRevoked(inputs);
      handOvers.forget(inputs);
    }

    @Override
    public void onPartitionsLost(Collection<TopicPartition> inputs) {
      listener.onPartitionsLost(inputs);
      handOvers.forget(inputs);
    }
  }

  private static final class TellingProducer extends KafkaProducer<byte[], byte[]> {
    private final HandOvers handOvers;
    private final Map<TopicPartition, OffsetAndMetadata> underWay = new HashMap<>();

    TellingProducer(Map<String, Object> config, HandOvers handOvers) {
      super(config, new ByteArraySerializer(), new ByteArraySerializer());
      this.handOvers = handOvers;
    }

    @Override
    public void sendOffsetsToTransaction(
        Map<TopicPartition, OffsetAndMetadata> offsets, ConsumerGroupMetadata group) {
      super.sendOffsetsToTransaction(offsets, group);
      underWay.putAll(offsets);
    }

    @Override
    public void commitTransaction() {
      super.commitTransaction();
      handOvers.committed(underWay);
      underWay.clear();
    }

    // What was answered from is taken back, and read once more.
    @Override
    public void abortTransaction() {
      super.abortTransaction();
      handOvers.beginAgain();
      underWay.clear();
    }
  }
}
