package io.zoetrope.assembler;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.zoetrope.events.FrameBatch;
import io.zoetrope.events.RenderEvent;
import io.zoetrope.events.RenderFailed;
import io.zoetrope.events.SegmentRendered;
import io.zoetrope.events.SegmentRequested;
import io.zoetrope.schemas.DeadLetter;
import io.zoetrope.schemas.Keys;
import io.zoetrope.schemas.SegmentHeaders;
import io.zoetrope.schemas.Topic;
import io.zoetrope.schemas.Topics;
import io.zoetrope.schemas.serdes.EventSerdes;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.Serializer;

/**
 * Publishes what an assembler has to say, and returns once every in-sync replica has it. What was
 * published may be published again: it says the same. Any thread.
 */
final class AssemblerPublisher implements AutoCloseable {
  private static final Duration CLOSE = Duration.ofSeconds(5);

  private final Producer<byte[], byte[]> producer;
  private final Serializer<SegmentRequested> segments;
  private final Serializer<RenderEvent> events;

  /** Takes ownership of the producer, of which nothing is asked yet. */
  AssemblerPublisher(Producer<byte[], byte[]> producer, EventSerdes serdes) {
    this.producer = producer;
    this.segments = serdes.serializer(Topics.SEGMENTS);
    this.events = serdes.serializer(Topics.RENDER_EVENTS);
  }

  /** Nobody can be told just now. */
  static final class UnpublishedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private UnpublishedException(String topic, Throwable cause) {
      super("the Kafka cluster didn't take a record for " + topic, cause);
    }
  }

  /** Asks for a segment; those of a decode chain lie where its first one does. */
  void ask(SegmentRequested segment) {
    FrameBatch batch = segment.getBatch();
    int head = batch.getChain() == null ? batch.getSequence() : batch.getChain().getHead();
    ProducerRecord<byte[], byte[]> record =
        record(
            Topics.SEGMENTS,
            Topics.SEGMENTS.partition(Keys.segment(segment.getRenderId(), head)),
            Keys.segment(segment.getRenderId(), batch.getSequence()),
            segments.serialize(Topics.SEGMENTS.name(), segment));
    SegmentHeaders.of(segment).addTo(record.headers());
    send(record);
  }

  /** Says what became of a render, or of a segment of it. */
  void tell(RenderEvent event) {
    String key =
        event.getState() instanceof SegmentRendered segment
            ? Keys.renderSegment(event.getVideoId(), event.getRenderId(), segment.getSequence())
            : Keys.render(event.getVideoId(), event.getRenderId());
    tell(key, events.serialize(Topics.RENDER_EVENTS.name(), event));
  }

  /** Says that there won't be a video. */
  void tellFailure(String videoId, String renderId, int revision, RenderException why) {
    tell(
        new RenderEvent(
            videoId, renderId, revision, new RenderFailed(why.code(), why.getMessage())));
  }

  /** Has a failure count no more, since the render is tried once more. */
  void forgetFailure(String videoId, String renderId) {
    tell(Keys.render(videoId, renderId), null);
  }

  /** Has a segment count no more, since it isn't there, or nobody wants it. */
  void forgetSegment(String videoId, String renderId, int sequence) {
    tell(Keys.renderSegment(videoId, renderId, sequence), null);
  }

  /** Puts a request that nothing can come of where somebody may look into it. */
  void setAside(ConsumerRecord<byte[], byte[]> request, RenderException why) {
    send(DeadLetter.of(request, Topics.ASSEMBLER_DEAD_LETTER, why.code(), why.getMessage()));
  }

  private void tell(String key, byte[] value) {
    send(record(Topics.RENDER_EVENTS, Topics.RENDER_EVENTS.partition(key), key, value));
  }

  private static ProducerRecord<byte[], byte[]> record(
      Topic<?> topic, int partition, String key, byte[] value) {
    return new ProducerRecord<>(topic.name(), partition, key.getBytes(UTF_8), value);
  }

  private void send(ProducerRecord<byte[], byte[]> record) {
    try {
      producer.send(record).get();
    } catch (ExecutionException e) {
      throw new UnpublishedException(record.topic(), e.getCause());
    } catch (KafkaException e) {
      throw new UnpublishedException(record.topic(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UnpublishedException(record.topic(), e);
    }
  }

  @Override
  public void close() {
    producer.close(CLOSE);
  }
}
