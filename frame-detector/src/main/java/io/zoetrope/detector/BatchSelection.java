package io.zoetrope.detector;

import io.zoetrope.events.BatchRun;
import io.zoetrope.events.FrameBatch;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** From records to the batches that runs of one model want. */
final class BatchSelection {
  private static final Logger LOG = LoggerFactory.getLogger(BatchSelection.class);

  private final String modelId;
  private final Deserializer<FrameBatch> deserializer;
  private final DetectorMeters meters;

  BatchSelection(String modelId, Deserializer<FrameBatch> deserializer, DetectorMeters meters) {
    this.modelId = modelId;
    this.deserializer = deserializer;
    this.meters = meters;
  }

  /** The batch in a record; empty where nobody wants it, it is deleted, or there is none in it. */
  Optional<FetchedBatch> of(ConsumerRecord<String, byte[]> record) {
    FrameBatch batch;
    try {
      batch = deserializer.deserialize(record.topic(), record.value());
    } catch (SerializationException e) {
      LOG.error(
          "Skipped {} at {}-{}, offset {}: {}",
          record.key(),
          record.topic(),
          record.partition(),
          record.offset(),
          e.getMessage());
      meters.unreadable();
      return Optional.empty();
    }
    if (batch == null) {
      return Optional.empty();
    }
    List<BatchRun> runs =
        batch.getRuns().stream().filter(run -> run.getModelId().equals(modelId)).toList();
    if (runs.isEmpty()) {
      meters.skipped();
      return Optional.empty();
    }
    TopicPartition partition = new TopicPartition(record.topic(), record.partition());
    return Optional.of(
        new FetchedBatch(PendingBatch.of(partition, record.offset(), batch, runs), batch));
  }
}
