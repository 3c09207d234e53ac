package io.zoetrope.detector;

import io.zoetrope.detector.inference.Failure;
import io.zoetrope.events.BatchRun;
import io.zoetrope.events.RunOptions;
import io.zoetrope.schemas.BatchHeaders;
import io.zoetrope.schemas.Keys;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * What is known of a batch whose value can't be read: its place in its split by the record's key,
 * and what is lost to whom by its headers.
 */
final class UnreadableBatch {
  private static final String RECORD_UNREADABLE = "RECORD_UNREADABLE";

  /** Nothing is detected in it, so it doesn't matter what would have counted. */
  private static final RunOptions ANY = new RunOptions(0f, 0f, null);

  private UnreadableBatch() {}

  static Failure failure(String why) {
    return new Failure(
        RECORD_UNREADABLE, "The record of the batch can't be read: %s.".formatted(why));
  }

  /**
   * The batch, failed for the runs of one model; for none where the record doesn't even say which
   * they are: those miss it after a while, and ask for it again.
   */
  static PendingBatch of(ConsumerRecord<byte[], byte[]> record, String modelId, Failure failure) {
    String key = record.key() == null ? "" : new String(record.key(), StandardCharsets.UTF_8);
    Optional<BatchHeaders> headers =
        BatchHeaders.in(record.headers()).filter(known -> hasSequence(key));
    PendingBatch batch =
        new PendingBatch(
            new TopicPartition(record.topic(), record.partition()),
            record.offset(),
            headers.map(BatchHeaders::videoId).orElse(""),
            Keys.owner(key),
            headers.isPresent() ? Keys.sequence(key) : 0,
            headers.map(BatchHeaders::firstFrame).orElse(0L),
            headers.map(BatchHeaders::expectedFrames).orElse(0),
            Optional.empty(),
            headers.map(known -> runs(known, modelId)).orElse(List.of()),
            new CompletableFuture<>());
    batch.fail(failure);
    return batch;
  }

  private static List<BatchRun> runs(BatchHeaders headers, String modelId) {
    return headers.runs().entrySet().stream()
        .filter(run -> run.getValue().equals(modelId))
        .map(run -> new BatchRun(run.getKey(), modelId, ANY))
        .toList();
  }

  private static boolean hasSequence(String key) {
    return key.matches("[^/]+/\\d{8,9}");
  }
}
