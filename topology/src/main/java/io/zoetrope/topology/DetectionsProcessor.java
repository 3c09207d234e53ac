package io.zoetrope.topology;

import io.zoetrope.events.BatchDetections;
import io.zoetrope.events.FrameDetections;
import io.zoetrope.events.RunCompleted;
import io.zoetrope.schemas.Keys;
import io.zoetrope.topology.ledger.BatchTally;
import io.zoetrope.topology.ledger.RunLedger;
import java.util.Iterator;
import java.util.stream.Stream;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Keeps the detections of each batch and counts them in the run's ledger. The first result of a
 * batch stands, except that one which fails less takes its place; a tombstone takes a batch back.
 */
final class DetectionsProcessor
    implements Processor<String, BatchDetections, String, RunCompleted> {
  private KeyValueStore<String, BatchDetections> detections;
  private RunBook book;

  @Override
  public void init(ProcessorContext<String, RunCompleted> context) {
    detections = context.getStateStore(VideoLedgerTopology.DETECTIONS);
    book = new RunBook(context);
  }

  @Override
  public void process(Record<String, BatchDetections> record) {
    if (record.value() == null) {
      takeBack(record.key(), record.timestamp());
    } else {
      validate(record.key(), record.value());
      count(record.key(), record.value(), record.timestamp());
    }
  }

  private void count(String key, BatchDetections batch, long timestamp) {
    String run = Keys.run(batch.getVideoId(), batch.getRunId());
    RunLedger known = book.ledger(run);
    RunLedger before =
        known == null ? RunLedger.empty(batch.getSplitId(), batch.getModelId()) : known;
    BatchTally tally = BatchTally.of(batch);
    BatchDetections first = detections.get(key);
    if (first == null) {
      detections.put(key, batch);
      book.enterRun(run, before, before.plus(tally), timestamp);
      return;
    }
    BatchTally standing = BatchTally.of(first);
    if (tally.replaces(standing)) {
      detections.delete(key);
      RunLedger without = before.minus(standing, () -> tallies(run));
      detections.put(key, batch);
      book.enterRun(run, before, without.plus(tally), timestamp);
    }
  }

  private void takeBack(String key, long timestamp) {
    BatchDetections batch = detections.delete(key);
    if (batch == null) {
      return;
    }
    String run = Keys.run(batch.getVideoId(), batch.getRunId());
    RunLedger before = book.ledger(run);
    RunLedger after = before.minus(BatchTally.of(batch), () -> tallies(run));
    book.enterRun(run, before, after, timestamp);
  }

  private Stream<BatchTally> tallies(String run) {
    return KeyRange.under(run).stream(detections).map(BatchTally::of);
  }

  private static void validate(String key, BatchDetections batch) {
    InvalidEventException.require(
        batch.getSequence() >= 0
            && Keys.detections(batch.getVideoId(), batch.getRunId(), batch.getSequence())
                .equals(key),
        key,
        "its value belongs to another key");
    long next = batch.getFirstFrame();
    long end = batch.getFirstFrame() + batch.getExpectedFrames();
    for (Iterator<FrameDetections> i = batch.getFrames().iterator(); i.hasNext(); ) {
      long frame = i.next().getFrame();
      InvalidEventException.require(
          frame >= next && frame < end, key, "its frames are out of order or not its own");
      next = frame + 1;
    }
    InvalidEventException.require(next <= end, key, "it expects fewer than no frames");
  }
}
