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
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.StringSerializer;

/** How a detector says which models it runs. */
public final class ModelAnnouncement {
  private static final int PATIENCE_MILLIS = 20_000;

  private ModelAnnouncement() {}

  /**
   * Returns once every in-sync replica has it.
   *
   * @param kafka client settings, {@code bootstrap.servers} among them
   * @throws EventException {@code BROKER_UNREACHABLE}
   */
  public static void publish(
      Map<String, Object> kafka, EventSerdes serdes, List<ModelAnnounced> models) {
    Map<String, Object> settings = new HashMap<>(kafka);
    settings.put(ProducerConfig.ACKS_CONFIG, "all");
    settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
    settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, PATIENCE_MILLIS);
    settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, PATIENCE_MILLIS / 2);
    settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, PATIENCE_MILLIS);
    try (var producer =
        new KafkaProducer<>(
            settings, new StringSerializer(), serdes.serializer(Topics.MODELS))) {
      for (ModelAnnounced model : models) {
        producer.send(Topics.MODELS.message(model.getModelId(), model)).get();
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
