package io.zoetrope.gateway;

import io.zoetrope.events.RenderRequested;
import io.zoetrope.events.RunRequested;
import io.zoetrope.events.VideoSubmitted;
import io.zoetrope.schemas.Keys;
import io.zoetrope.schemas.Topic;
import io.zoetrope.schemas.Topics;
import io.zoetrope.schemas.serdes.EventSerdes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Publishes with one idempotent producer, and waits until every in-sync replica has it. */
public final class KafkaPublisher implements Publisher, AutoCloseable {
  private static final int PATIENCE_MILLIS = 10_000;
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

  private final KafkaProducer<String, byte[]> producer;
  private final Serializer<VideoSubmitted> submissions;
  private final Serializer<RunRequested> runs;
  private final Serializer<RenderRequested> renders;
  private volatile boolean ready = true;

  /**
   * A publisher; nothing is asked of the cluster yet.
   *
   * @param kafka client settings, {@code bootstrap.servers} among them; they stand above its own
   */
  public KafkaPublisher(Map<String, Object> kafka, EventSerdes events) {
    Map<String, Object> settings = new HashMap<>();
    settings.put(ProducerConfig.CLIENT_ID_CONFIG, "zoetrope-gateway");
    settings.put(ProducerConfig.ACKS_CONFIG, "all");
    settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
    settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, PATIENCE_MILLIS);
    settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, PATIENCE_MILLIS / 2);
    settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, PATIENCE_MILLIS);
    settings.putAll(kafka);
    this.producer =
        new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer());
    this.submissions = events.serializer(Topics.VIDEOS);
    this.runs = events.serializer(Topics.RUNS);
    this.renders = events.serializer(Topics.RENDERS);
  }

  @Override
  public void publish(VideoSubmitted submission) {
    send(
        Topics.VIDEOS,
        submission.getSubmissionId(),
        submissions.serialize(Topics.VIDEOS.name(), submission));
  }

  @Override
  public void publish(RunRequested run) {
    send(
        Topics.RUNS,
        Keys.run(run.getVideoId(), run.getRunId()),
        runs.serialize(Topics.RUNS.name(), run));
  }

  @Override
  public void publish(RenderRequested render) {
    String key = Keys.render(render.getVideoId(), render.getRenderId());
    // In this order: who begins with it writes behind what is forgotten.
    send(Topics.RENDER_EVENTS, key, null);
    send(Topics.RENDERS, key, renders.serialize(Topics.RENDERS.name(), render));
  }

  @Override
  public void withdraw(String videoId, String renderId, List<Integer> sequences) {
    String key = Keys.render(videoId, renderId);
    List<String> events = new ArrayList<>();
    events.add(key);
    sequences.forEach(sequence -> events.add(Keys.renderSegment(videoId, renderId, sequence)));
    await(
        Topics.RENDER_EVENTS,
        events.stream().map(event -> record(Topics.RENDER_EVENTS, event, null)).toList());
    send(Topics.RENDERS, key, null);
  }

  @Override
  public boolean ready() {
    return ready;
  }

  @Override
  public void close() {
    producer.close(CLOSE_TIMEOUT);
  }

  private void send(Topic<?> topic, String key, byte[] bytes) {
    await(topic, List.of(record(topic, key, bytes)));
  }

  private static ProducerRecord<String, byte[]> record(Topic<?> topic, String key, byte[] bytes) {
    return new ProducerRecord<>(topic.name(), topic.partition(key), key, bytes);
  }

  private void await(Topic<?> topic, List<ProducerRecord<String, byte[]>> records) {
    try {
      for (Future<RecordMetadata> sent : records.stream().map(producer::send).toList()) {
        sent.get();
      }
      ready = true;
    } catch (ExecutionException e) {
      throw refused(topic, e.getCause());
    } catch (KafkaException e) {
      throw refused(topic, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw refused(topic, e);
    }
  }

  private PublishException refused(Topic<?> topic, Throwable cause) {
    ready = false;
    return new PublishException(
        "the Kafka cluster didn't take a record for %s; try again".formatted(topic.name()), cause);
  }
}
