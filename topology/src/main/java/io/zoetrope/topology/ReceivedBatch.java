package io.zoetrope.topology;

import io.zoetrope.events.BatchDetections;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * What came under the key of a batch: its detections, or bytes that are none.
 *
 * @param bytes as they came
 * @param batch null where they can't be read
 * @param problem why they can't be, else null
 */
record ReceivedBatch(byte[] bytes, BatchDetections batch, String problem) {

  /**
   * Reads what can be read; what can't be is still a value, so that its batch is counted as failed.
   * A registry that doesn't answer says nothing of a record, and is thrown.
   */
  static Deserializer<ReceivedBatch> deserializer(Deserializer<BatchDetections> detections) {
    return (topic, bytes) -> {
      if (bytes == null) {
        return null;
      }
      try {
        return new ReceivedBatch(bytes, detections.deserialize(topic, bytes), null);
      } catch (SerializationException e) {
        return new ReceivedBatch(bytes, null, e.getMessage());
      }
    };
  }
}
