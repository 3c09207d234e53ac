package io.zoetrope.topology;

import io.zoetrope.events.BatchDetections;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Deserializer;

/** What came under the key of a batch: its detections, or bytes that are none. */
final class ReceivedBatch {
  private final byte[] bytes;
  private final BatchDetections batch;
  private final String problem;

  private ReceivedBatch(byte[] bytes, BatchDetections batch, String problem) {
    this.bytes = bytes;
    this.batch = batch;
    this.problem = problem;
  }

  /**
   * Reads what can be read; what can't be is still a value, so that its batch is counted as failed.
   * A registry that doesn't answer says nothing of a record, and is thrown.
   */
  static Deserializer<ReceivedBatch> deserializer(Deserializer<BatchDetections> detections) {
    return new Reader(detections);
  }

  private record Reader(Deserializer<BatchDetections> detections)
      implements Deserializer<ReceivedBatch> {
    @Override
    public ReceivedBatch deserialize(String topic, byte[] bytes) {
      return deserialize(topic, new RecordHeaders(), bytes);
    }

    @Override
    public ReceivedBatch deserialize(String topic, Headers headers, byte[] bytes) {
      if (bytes == null) {
        return null;
      }
      try {
        return new ReceivedBatch(bytes, detections.deserialize(topic, headers, bytes), null);
      } catch (SerializationException e) {
        return new ReceivedBatch(bytes, null, e.getMessage());
      }
    }
  }

  /** As they came; not to be changed. */
  byte[] bytes() {
    return bytes;
  }

  /** Null where the bytes can't be read. */
  BatchDetections batch() {
    return batch;
  }

  /** Why they can't be; null where they can. */
  String problem() {
    return problem;
  }
}
