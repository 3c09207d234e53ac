package io.zoetrope.schemas.models;

import io.zoetrope.events.ModelAnnounced;
import io.zoetrope.schemas.EventException;
import io.zoetrope.schemas.Topics;
import io.zoetrope.schemas.serdes.EventSerdes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** How a detector says which models it runs, and how that is taken back when none does any more. */
public final class ModelAnnouncement {
  /** A broker that is just being started on a busy machine has taken more than twenty seconds. */
  private static final int PATIENCE_MILLIS = 60_000;

  private ModelAnnouncement() {}

  /**
   * Returns once every in-sync replica has it.
   *
   * @param kafka client settings, {@code bootstrap.servers} among them
   * @throws EventException {@code BROKER_UNREACHABLE}
   */
  public static void publish(
      Map<String, Object> kafka, EventSerdes serdes, List<ModelAnnounced> models) {
    send(
        kafka,
        serdes.serializer(Topics.MODELS),
        models.stream().map(model -> Topics.MODELS.message(model.getModelId(), model)).toList());
  }

  /**
   * Takes a model back: runs that name none no longer go to it, until a detector announces it
   * again.
   *
   * @throws EventException {@code BROKER_UNREACHABLE}
   */
  public static void withdraw(Map<String, Object> kafka, String modelId) {
    // A record without a value needs no registry.
    send(kafka, (topic, none) -> null, List.of(Topics.MODELS.message(modelId, null)));
  }

  private static void send(
      Map<String, Object> kafka,
      Serializer<ModelAnnounced> serializer,
      List<ProducerRecord<String, ModelAnnounced>> records) {
    Map<String, Object> settings = new HashMap<>(kafka);
    settings.put(ProducerConfig.ACKS_CONFIG, "all");
    settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
    settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, PATIENCE_MILLIS);
    settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, PATIENCE_MILLIS / 2);
    settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, PATIENCE_MILLIS);
    try (var producer = new KafkaProducer<>(settings, new StringSerializer(), serializer)) {
      for (ProducerRecord<String, ModelAnnounced> record : records) {
        producer.send(record).get();
      }
    } catch (ExecutionException e) {
      throw refused(e.getCause());
    } catch (KafkaException e) {
      throw refused(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw refused(e);
    }
  }

  private static EventException refused(Throwable cause) {
    return new EventException(
        "BROKER_UNREACHABLE",
        "the Kafka cluster didn't take the announcement of a model: " + cause.getMessage(),
        cause);
  }
}
