package io.zoetrope.cli.letters;

import io.zoetrope.cli.error.UserError;
import io.zoetrope.events.RepairRequested;
import io.zoetrope.schemas.Keys;
import io.zoetrope.schemas.Topics;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Publishes replays, and returns when the cluster has them. One thread. */
final class ReplayPublisher {
  private final Map<String, Object> kafka;

  ReplayPublisher(Map<String, Object> kafka) {
    this.kafka = kafka;
  }

  /** Publishes records as they are. */
  void publish(List<ProducerRecord<byte[], byte[]>> records) {
    publish(records, new ByteArraySerializer(), new ByteArraySerializer());
  }

  /** Asks the splitter for batches. */
  void publish(List<RepairRequested> repairs, Serializer<RepairRequested> serializer) {
    List<ProducerRecord<String, RepairRequested>> records =
        repairs.stream()
            .map(
                repair ->
                    Topics.REPAIRS.message(
                        Keys.split(repair.getVideoId(), repair.getSplitId()), repair))
            .toList();
    publish(records, new StringSerializer(), serializer);
  }

  private <K, V> void publish(
      List<ProducerRecord<K, V>> records, Serializer<K> keys, Serializer<V> values) {
    Map<String, Object> config = new HashMap<>(kafka);
    config.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Topics.MAX_RECORD_BYTES);
    try (KafkaProducer<K, V> producer = new KafkaProducer<>(config, keys, values)) {
      List<Future<?>> sent = new ArrayList<>();
      records.forEach(record -> sent.add(producer.send(record)));
      for (Future<?> each : sent) {
        each.get();
      }
    } catch (ExecutionException e) {
      throw new UserError(
          "BROKER_UNREACHABLE",
          "the Kafka cluster didn't take the replay (%s); it may have taken a part, and a second replay does no harm"
              .formatted(e.getCause().getMessage()),
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UserError("INTERRUPTED", "interrupted while publishing the replay", e);
    }
  }
}
