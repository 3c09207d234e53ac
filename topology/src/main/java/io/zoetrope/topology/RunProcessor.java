package io.zoetrope.topology;

import io.zoetrope.events.BatchDetections;
import io.zoetrope.events.RepairRequested;
import io.zoetrope.events.RunRequested;
import io.zoetrope.schemas.Keys;
import io.zoetrope.topology.ledger.RunLedger;
import io.zoetrope.topology.ledger.RunOptions;
import java.util.List;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Opens runs; a tombstone withdraws the wish. For a run that is asked for again, the batches that
 * failed as a whole are tried again.
 */
final class RunProcessor implements Processor<String, RunRequested, String, Object> {
  private static final int ASKED_BY_SOMEBODY = 0;

  private ProcessorContext<String, Object> context;
  private KeyValueStore<String, BatchDetections> detections;
  private RunBook book;

  @Override
  public void init(ProcessorContext<String, Object> context) {
    this.context = context;
    detections = context.getStateStore(VideoLedgerTopology.DETECTIONS);
    book = new RunBook(context);
  }

  @Override
  public void process(Record<String, RunRequested> record) {
    RunRequested request = record.value();
    RunLedger ledger = book.ledger(record.key());
    if (request == null) {
      if (ledger != null) {
        book.enterRun(record.key(), ledger, ledger.withOptions(null), record.timestamp());
      }
      return;
    }
    InvalidEventException.require(
        Keys.run(request.getVideoId(), request.getRunId()).equals(record.key()),
        record.key(),
        "its value belongs to another key");
    RunLedger before =
        (ledger == null ? RunLedger.UNKNOWN : ledger)
            .of(request.getSplitId(), request.getModelId());
    book.enterRun(
        record.key(), before, before.withOptions(RunOptions.of(request)), record.timestamp());
    if (before.requested() && before.batches().failed() > 0) {
      tryAgain(request, record);
    }
  }

  private void tryAgain(RunRequested request, Record<String, RunRequested> record) {
    RepairRequested repair =
        new RepairRequested(
            request.getVideoId(),
            request.getSplitId(),
            List.of(request.getRunId()),
            MissingBatches.failed(record.key(), detections),
            ASKED_BY_SOMEBODY);
    context.forward(
        new Record<>(
            Keys.split(request.getVideoId(), request.getSplitId()), repair, record.timestamp()),
        VideoLedgerTopology.REPAIRS_SINK);
  }
}
