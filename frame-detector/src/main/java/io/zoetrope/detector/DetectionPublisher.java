package io.zoetrope.detector;

import io.micrometer.core.instrument.Timer;
import io.zoetrope.detector.inference.BatchResult;
import io.zoetrope.events.BatchDetections;
import io.zoetrope.schemas.Keys;
import io.zoetrope.schemas.Topics;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Serializer;

/**
 * Writes detections, the records that nothing can come of, and the offsets of the batches, all or
 * nothing. One thread. After an exception the transaction may have been committed or not: close
 * this, and go on from what is committed with another.
 */
@SuppressWarnings("FutureReturnValueIgnored") // A send that fails makes the commit fail.
final class DetectionPublisher implements AutoCloseable {
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);
  private static final byte[] HOST = utf8(hostName());

  private final Producer<byte[], byte[]> producer;
  private final Serializer<BatchDetections> serializer;
  private final DetectionEvents events;
  private final SetAside setAside;
  private final DetectorMeters meters;

  /**
   * Takes ownership of the producer.
   *
   * @param setAside what goes to the dead-letter topic with the batches
   */
  DetectionPublisher(
      Producer<byte[], byte[]> producer,
      Serializer<BatchDetections> serializer,
      DetectionEvents events,
      SetAside setAside,
      DetectorMeters meters) {
    this.producer = producer;
    this.serializer = serializer;
    this.events = events;
    this.setAside = setAside;
    this.meters = meters;
  }

  /** To be called first: ends what an earlier publisher of this name left unfinished. */
  void open() {
    producer.initTransactions();
  }

  void publish(
      List<PendingBatch> batches,
      Map<TopicPartition, OffsetAndMetadata> offsets,
      ConsumerGroupMetadata group) {
    Timer.Sample time = Timer.start();
    producer.beginTransaction();
    for (PendingBatch batch : batches) {
      BatchResult result = batch.result().join();
      events.of(batch, result).forEach(event -> producer.send(record(event, result)));
      setAside.take(batch).ifPresent(producer::send);
    }
    producer.sendOffsetsToTransaction(offsets, group);
    producer.commitTransaction();
    time.stop(meters.transactions());
    batches.forEach(batch -> meters.published(batch.result().join()));
  }

  /** Host and times stay out of the value, which is equal wherever and whenever it is made. */
  private ProducerRecord<byte[], byte[]> record(BatchDetections event, BatchResult result) {
    String key = Keys.detections(event.getVideoId(), event.getRunId(), event.getSequence());
    String topic = Topics.DETECTIONS.name();
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(
            topic, Topics.DETECTIONS.partition(key), utf8(key), serializer.serialize(topic, event));
    record
        .headers()
        .add("zoetrope.host", HOST)
        .add("zoetrope.decoding.micros", micros(result.decoding()))
        .add("zoetrope.inference.micros", micros(result.inference()));
    return record;
  }

  private static byte[] micros(Duration duration) {
    return utf8(Long.toString(duration.toNanos() / 1000));
  }

  private static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "unknown";
    }
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    producer.close(CLOSE_TIMEOUT);
  }
}
