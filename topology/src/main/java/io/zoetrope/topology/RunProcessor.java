package io.zoetrope.topology;

import io.zoetrope.events.RunRequested;
import io.zoetrope.schemas.Keys;
import io.zoetrope.topology.ledger.RunLedger;
import io.zoetrope.topology.ledger.RunOptions;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/** Opens runs; a tombstone withdraws the wish. */
final class RunProcessor implements Processor<String, RunRequested, String, Object> {
  private RunBook book;

  @Override
  public void init(ProcessorContext<String, Object> context) {
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
  }
}
