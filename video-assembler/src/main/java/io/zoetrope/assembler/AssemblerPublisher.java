package io.zoetrope.assembler;

import io.zoetrope.events.FrameBatch;
import io.zoetrope.events.RenderEvent;
import io.zoetrope.events.RenderFailed;
import io.zoetrope.events.SegmentRendered;
import io.zoetrope.events.SegmentRequested;
import io.zoetrope.schemas.Keys;
import io.zoetrope.schemas.Topic;
import io.zoetrope.schemas.Topics;
import io.zoetrope.schemas.serdes.EventSerdes;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Publishes what an assembler has to say, and returns once every in-sync replica has it. What was
 * published may be published again: it says the same. Any thread.
 */
final class AssemblerPublisher implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 10_000;
  private static final Duration CLOSE = Duration.ofSeconds(5);

  private final Producer<String, byte[]> producer;
  private final Serializer<SegmentRequested> segments;
  private final Serializer<RenderEvent> events;

  /** Nothing is asked of the cluster yet. */
  AssemblerPublisher(Map<String, Object> kafka, EventSerdes serdes) {
    Map<String, Object> config = new HashMap<>(kafka);
    config.put(ProducerConfig.CLIENT_ID_CONFIG, "zoetrope-assembler");
    config.put(ProducerConfig.ACKS_CONFIG, "all");
    config.put(ProducerConfig.LINGER_MS_CONFIG, 0);
    config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, PATIENCE_MILLIS);
    config.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, PATIENCE_MILLIS / 2);
    config.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, PATIENCE_MILLIS);
    config.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Topics.MAX_RECORD_BYTES);
    this.producer = new KafkaProducer<>(config, new StringSerializer(), new ByteArraySerializer());
    this.segments = serdes.serializer(Topics.SEGMENTS);
    this.events = serdes.serializer(Topics.RENDER_EVENTS);
  }

  /** Nobody can be told just now. */
  static final class UnpublishedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private UnpublishedException(Topic<?> topic, Throwable cause) {
      super("the Kafka cluster didn't take a record for " + topic.name(), cause);
    }
  }

  /** Asks for a segment; those of a decode chain lie where its first one does. */
  void ask(SegmentRequested segment) {
    FrameBatch batch = segment.getBatch();
    int head = batch.getChain() == null ? batch.getSequence() : batch.getChain().getHead();
    send(
        Topics.SEGMENTS,
        Topics.SEGMENTS.partition(Keys.segment(segment.getRenderId(), head)),
        Keys.segment(segment.getRenderId(), batch.getSequence()),
        segments.serialize(Topics.SEGMENTS.name(), segment));
  }

  /** Says what became of a render, or of a segment of it. */
  void tell(RenderEvent event) {
    String key =
        event.getState() instanceof SegmentRendered segment
            ? Keys.renderSegment(event.getVideoId(), event.getRenderId(), segment.getSequence())
            : Keys.render(event.getVideoId(), event.getRenderId());
    send(
        Topics.RENDER_EVENTS,
        Topics.RENDER_EVENTS.partition(key),
        key,
        events.serialize(Topics.RENDER_EVENTS.name(), event));
  }

  /** Says that there won't be a video. */
  void tellFailure(String videoId, String renderId, int revision, RenderException why) {
    tell(
        new RenderEvent(
            videoId, renderId, revision, new RenderFailed(why.code(), why.getMessage())));
  }

  /** Has a failure count no more, since the render is tried once more. */
  void forgetFailure(String videoId, String renderId) {
    String key = Keys.render(videoId, renderId);
    send(Topics.RENDER_EVENTS, Topics.RENDER_EVENTS.partition(key), key, null);
  }

  private <V extends SpecificRecord> void send(
      Topic<V> topic, int partition, String key, byte[] value) {
    try {
      producer.send(new ProducerRecord<>(topic.name(), partition, key, value)).get();
    } catch (ExecutionException e) {
      throw new UnpublishedException(topic, e.getCause());
    } catch (KafkaException e) {
      throw new UnpublishedException(topic, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UnpublishedException(topic, e);
    }
  }

  @Override
  public void close() {
    producer.close(CLOSE);
  }
}
