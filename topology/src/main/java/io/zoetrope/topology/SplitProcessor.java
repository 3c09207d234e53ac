package io.zoetrope.topology;

import io.zoetrope.events.SplitEvent;
import io.zoetrope.schemas.Keys;
import io.zoetrope.topology.ledger.Split;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/** Follows the cutting of each split; a tombstone forgets it. */
final class SplitProcessor implements Processor<String, SplitEvent, String, Object> {
  private RunBook book;

  @Override
  public void init(ProcessorContext<String, Object> context) {
    book = new RunBook(context);
  }

  @Override
  public void process(Record<String, SplitEvent> record) {
    SplitEvent event = record.value();
    if (event == null) {
      book.forgetSplit(record.key());
      return;
    }
    InvalidEventException.require(
        Keys.split(event.getVideoId(), event.getSplitId()).equals(record.key()),
        record.key(),
        "its value belongs to another key");
    Split before = book.split(record.key());
    book.enterSplit(record.key(), before, before.after(event), record.timestamp());
  }
}
