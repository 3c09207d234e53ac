package io.zoetrope.schemas.models;

import io.zoetrope.events.ModelAnnounced;
import io.zoetrope.schemas.ModelChoice;
import io.zoetrope.schemas.ModelLabels;
import io.zoetrope.schemas.Topics;
import io.zoetrope.schemas.serdes.EventSerdes;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the models that detectors announce, on a thread of its own from {@link #follow} to {@link
 * #close}. Any thread may ask, and is answered at once with what is known at the moment.
 */
public final class ModelDirectory implements ModelChoice, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ModelDirectory.class);
  private static final Duration POLL = Duration.ofMillis(500);
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private static final List<TopicPartition> LOG_OF_MODELS =
      IntStream.range(0, Topics.MODELS.partitions())
          .mapToObj(partition -> new TopicPartition(Topics.MODELS.name(), partition))
          .toList();

  private final Map<String, Object> kafka;
  private final Deserializer<ModelAnnounced> deserializer;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final Thread thread = new Thread(this::run, "zoetrope-models");
  private volatile AnnouncedModels known;

  private ModelDirectory(
      Map<String, Object> kafka,
      EventSerdes serdes,
      Optional<String> preferred,
      List<String> shadows) {
    this.kafka = kafka;
    this.deserializer = serdes.deserializer(Topics.MODELS);
    this.known = AnnouncedModels.none(preferred, shadows);
  }

  /**
   * Starts to listen.
   *
   * @param kafka client settings, {@code bootstrap.servers} among them
   * @param preferred id or name of the model of runs that name none; without it the only one that
   *     there is beside {@code shadows}
   * @param shadows ids or names of models that only accompany others
   */
  public static ModelDirectory follow(
      Map<String, Object> kafka,
      EventSerdes serdes,
      Optional<String> preferred,
      List<String> shadows) {
    ModelDirectory directory = new ModelDirectory(kafka, serdes, preferred, shadows);
    directory.thread.setDaemon(true);
    directory.thread.start();
    return directory;
  }

  /** Whether it knows at least what was announced before it began to listen. */
  public boolean ready() {
    return known.complete();
  }

  @Override
  public List<String> ids() {
    return known.ids();
  }

  @Override
  public String defaultId() {
    return known.defaultId();
  }

  @Override
  public String idOf(String idOrName) {
    return known.idOf(idOrName);
  }

  @Override
  public Set<String> known(List<String> idsOrNames) {
    return known.known(idsOrNames);
  }

  @Override
  public ModelLabels labels() {
    return known.labels();
  }

  /** Returns within a second or so. */
  @Override
  public void close() {
    stopped.countDown();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean running() {
    return stopped.getCount() > 0;
  }

  private void run() {
    while (running()) {
      try (Consumer<byte[], byte[]> consumer = consumer()) {
        listen(consumer);
      } catch (RuntimeException e) {
        LOG.warn("The announced models can't be followed; tries again in {}", PAUSE, e);
        pause();
      }
    }
  }

  /** From the beginning each time: there are as many records as models. */
  private void listen(Consumer<byte[], byte[]> consumer) {
    consumer.assign(LOG_OF_MODELS);
    consumer.seekToBeginning(LOG_OF_MODELS);
    Map<TopicPartition, Long> ends = consumer.endOffsets(LOG_OF_MODELS);
    Map<String, List<String>> labels = new LinkedHashMap<>();
    while (running()) {
      var records = consumer.poll(POLL);
      records.forEach(record -> take(record, labels));
      if (!records.isEmpty()) {
        known = known.with(labels);
      }
      if (!known.complete()
          && ends.entrySet().stream()
              .allMatch(e -> consumer.position(e.getKey()) >= e.getValue())) {
        known = known.completed();
      }
    }
  }

  private void take(ConsumerRecord<byte[], byte[]> record, Map<String, List<String>> labels) {
    try {
      ModelAnnounced model = deserializer.deserialize(record.topic(), record.value());
      labels.remove(new String(record.key(), StandardCharsets.UTF_8));
      if (model != null) {
        labels.put(model.getModelId(), List.copyOf(model.getLabels()));
      }
    } catch (SerializationException e) {
      // One that can't be read is a model that nobody hears of; the others are none the worse.
      LOG.warn("An announced model at {}-{} can't be read", record.topic(), record.offset(), e);
    }
  }

  private Consumer<byte[], byte[]> consumer() {
    Map<String, Object> settings = new HashMap<>(kafka);
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  private void pause() {
    try {
      stopped.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      stopped.countDown();
    }
  }
}
