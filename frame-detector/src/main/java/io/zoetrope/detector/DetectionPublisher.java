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

/**
 * Writes detections and the offsets of the batches that they come from, both or neither. One
 * thread. After an exception the transaction may have been committed or not: close this, and go on
 * from what is committed with another.
 */
@SuppressWarnings("FutureReturnValueIgnored") // A send that fails makes the commit fail.
final class DetectionPublisher implements AutoCloseable {
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);
  private static final byte[] HOST = utf8(hostName());

  private final Producer<String, BatchDetections> producer;
  private final DetectionEvents events;
  private final DetectorMeters meters;

  /** Takes ownership of the producer. */
  DetectionPublisher(
      Producer<String, BatchDetections> producer, DetectionEvents events, DetectorMeters meters) {
    this.producer = producer;
    this.events = events;
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
    }
    producer.sendOffsetsToTransaction(offsets, group);
    producer.commitTransaction();
    time.stop(meters.transactions());
    batches.forEach(batch -> meters.published(batch.result().join()));
  }

  /** Host and times stay out of the value, which is equal wherever and whenever it is made. */
  private static ProducerRecord<String, BatchDetections> record(
      BatchDetections event, BatchResult result) {
    String key = Keys.detections(event.getVideoId(), event.getRunId(), event.getSequence());
    ProducerRecord<String, BatchDetections> record = Topics.DETECTIONS.message(key, event);
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
