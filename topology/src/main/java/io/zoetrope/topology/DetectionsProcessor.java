package io.zoetrope.topology;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.zoetrope.events.BatchDetections;
import io.zoetrope.events.Failure;
import io.zoetrope.events.FrameDetections;
import io.zoetrope.schemas.DeadLetter;
import io.zoetrope.schemas.Keys;
import io.zoetrope.schemas.Topics;
import io.zoetrope.topology.ledger.BatchTally;
import io.zoetrope.topology.ledger.RunLedger;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.apache.kafka.streams.state.KeyValueStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the detections of each batch and counts them in the run's ledger. The first result of a
 * batch stands, except that a better one takes its place; a tombstone takes a batch back. What
 * can't be read, or contradicts itself, goes to the dead letters as it came, and the batch that its
 * key names has failed.
 *
 * <p>Of a compacted log the last record under a key is what remains. Where that would be another
 * than the one that stands, the one that stands is written again, marked as such: so the log always
 * tells what the stores hold.
 */
final class DetectionsProcessor implements Processor<String, ReceivedBatch, String, Object> {
  /** Header of a record that was written again because it stands. */
  static final String STANDING = "zoetrope.standing";

  private static final Logger LOG = LoggerFactory.getLogger(DetectionsProcessor.class);

  private ProcessorContext<String, Object> context;
  private KeyValueStore<String, BatchDetections> detections;
  private RunBook book;

  @Override
  public void init(ProcessorContext<String, Object> context) {
    this.context = context;
    this.detections = context.getStateStore(VideoLedgerTopology.DETECTIONS);
    this.book = new RunBook(context);
  }

  @Override
  public void process(Record<String, ReceivedBatch> record) {
    ReceivedBatch received = record.value();
    if (received == null) {
      takeBack(record.key(), record.timestamp());
      return;
    }
    Optional<Failure> failure = failure(record.key(), received);
    if (failure.isEmpty()) {
      boolean stands = record.headers().lastHeader(STANDING) != null;
      count(record.key(), received.batch(), stands, record.timestamp());
      return;
    }
    setAside(record, failure.get());
    FailedBatches.of(record.key(), failure.get())
        .ifPresent(batch -> count(record.key(), batch, false, record.timestamp()));
  }

  private void count(String key, BatchDetections batch, boolean stands, long timestamp) {
    BatchDetections first = detections.get(key);
    BatchTally tally = BatchTally.of(batch);
    String run = Keys.run(batch.getVideoId(), batch.getRunId());
    RunLedger before = ledger(run).of(batch.getSplitId(), batch.getModelId());
    if (first == null) {
      detections.put(key, batch);
      book.enterRun(run, before, before.plus(tally), timestamp);
    } else if (!first.equals(batch)) {
      BatchTally standing = BatchTally.of(first);
      if (tally.betterThan(standing) || (stands && !standing.betterThan(tally))) {
        detections.delete(key);
        RunLedger without = before.minus(standing, () -> tallies(run));
        detections.put(key, batch);
        book.enterRun(run, before, without.plus(tally), timestamp);
      } else {
        writeAgain(key, first, timestamp);
      }
    }
  }

  private void writeAgain(String key, BatchDetections standing, long timestamp) {
    Headers headers = new RecordHeaders().add(STANDING, "1".getBytes(UTF_8));
    context.forward(
        new Record<>(key, standing, timestamp, headers), VideoLedgerTopology.DETECTIONS_SINK);
  }

  private void takeBack(String key, long timestamp) {
    BatchDetections batch = key == null ? null : detections.delete(key);
    if (batch == null) {
      return;
    }
    String run = Keys.run(batch.getVideoId(), batch.getRunId());
    RunLedger before = book.ledger(run);
    RunLedger after = before.minus(BatchTally.of(batch), () -> tallies(run));
    book.enterRun(run, before, after, timestamp);
  }

  private void setAside(Record<String, ReceivedBatch> record, Failure why) {
    RecordMetadata place = context.recordMetadata().orElseThrow();
    LOG.warn(
        "{}-{} has no result of a batch at offset {}: {}: {}",
        place.topic(),
        place.partition(),
        place.offset(),
        why.getCode(),
        why.getMessage());
    ConsumerRecord<byte[], byte[]> source =
        new ConsumerRecord<>(
            place.topic(),
            place.partition(),
            place.offset(),
            record.key() == null ? null : record.key().getBytes(UTF_8),
            record.value().bytes());
    record.headers().forEach(source.headers()::add);
    ProducerRecord<byte[], byte[]> letter =
        DeadLetter.of(source, Topics.TOPOLOGY_DEAD_LETTER, why.getCode(), why.getMessage());
    context.forward(
        new Record<>(record.key(), letter.value(), record.timestamp(), letter.headers()),
        VideoLedgerTopology.DEAD_LETTER_SINK);
  }

  private RunLedger ledger(String run) {
    RunLedger known = book.ledger(run);
    return known == null ? RunLedger.UNKNOWN : known;
  }

  private Stream<BatchTally> tallies(String run) {
    return KeyRange.under(run).stream(detections).map(BatchTally::of);
  }

  /** Why a record is of no use, if it is of none. */
  private static Optional<Failure> failure(String key, ReceivedBatch received) {
    if (received.batch() == null) {
      return Optional.of(new Failure(FailedBatches.UNREADABLE, received.problem()));
    }
    return contradiction(key, received.batch())
        .map(what -> new Failure(FailedBatches.INVALID, "the record " + key + " " + what));
  }

  private static Optional<String> contradiction(String key, BatchDetections batch) {
    if (batch.getSequence() < 0
        || !Keys.detections(batch.getVideoId(), batch.getRunId(), batch.getSequence())
            .equals(key)) {
      return Optional.of("has a value that belongs to another key");
    }
    if (batch.getExpectedFrames() < 0) {
      return Optional.of("expects fewer than no frames");
    }
    if (batch.getFirstFrame() < 0
        && (batch.getFailure() == null || batch.getExpectedFrames() > 0)) {
      return Optional.of("has frames, but doesn't know which");
    }
    long next = batch.getFirstFrame();
    long end = batch.getFirstFrame() + batch.getExpectedFrames();
    for (FrameDetections frame : batch.getFrames()) {
      if (frame.getFrame() < next || frame.getFrame() >= end) {
        return Optional.of("has frames that are out of order or not its own");
      }
      next = frame.getFrame() + 1;
    }
    return Optional.empty();
  }
}
