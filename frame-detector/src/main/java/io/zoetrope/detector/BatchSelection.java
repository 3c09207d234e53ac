package io.zoetrope.detector;

import io.zoetrope.detector.inference.Failure;
import io.zoetrope.events.BatchRun;
import io.zoetrope.events.FrameBatch;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
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
  private final SetAside setAside;

  /**
   * @param setAside gets the records that can't be read
   */
  BatchSelection(
      String modelId,
      Deserializer<FrameBatch> deserializer,
      DetectorMeters meters,
      SetAside setAside) {
    this.modelId = modelId;
    this.deserializer = deserializer;
    this.meters = meters;
    this.setAside = setAside;
  }

  /**
   * Gives the batch in a record to {@code wanted}, or what is known of it to {@code unreadable},
   * failed; to nobody where nobody wants it, or it is deleted.
   */
  void sort(
      ConsumerRecord<byte[], byte[]> record,
      Consumer<FetchedBatch> wanted,
      Consumer<PendingBatch> unreadable) {
    try {
      FrameBatch batch = deserializer.deserialize(record.topic(), record.value());
      if (batch != null) {
        select(batch, record).ifPresent(wanted);
      }
    } catch (SerializationException e) {
      LOG.error(
          "{}-{} has no frame batch at offset {}: {}",
          record.topic(),
          record.partition(),
          record.offset(),
          e.getMessage());
      meters.unreadable();
      Failure failure = UnreadableBatch.failure(e.getMessage());
      PendingBatch failed = UnreadableBatch.of(record, modelId, failure);
      setAside.add(failed, record, failure);
      unreadable.accept(failed);
    }
  }

  private Optional<FetchedBatch> select(FrameBatch batch, ConsumerRecord<byte[], byte[]> record) {
    List<BatchRun> runs =
        batch.getRuns().stream().filter(run -> run.getModelId().equals(modelId)).toList();
    if (runs.isEmpty()) {
      meters.skipped();
      return Optional.empty();
    }
    TopicPartition partition = new TopicPartition(record.topic(), record.partition());
    return Optional.of(
        new FetchedBatch(PendingBatch.of(partition, record.offset(), batch, runs), batch, record));
  }
}
