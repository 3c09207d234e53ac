package io.zoetrope.topology;

import io.zoetrope.events.RenderEvent;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/** Follows how annotated videos are made; a tombstone forgets what its key tells of. */
final class RenderEventProcessor implements Processor<String, RenderEvent, String, Object> {
  private RenderBook book;

  @Override
  public void init(ProcessorContext<String, Object> context) {
    book = new RenderBook(context);
  }

  @Override
  public void process(Record<String, RenderEvent> record) {
    RenderEvent event = record.value();
    if (event == null) {
      book.remove(record.key());
      return;
    }
    InvalidEventException.require(
        RenderBook.key(event).equals(record.key()),
        record.key(),
        "its value belongs to another key");
    book.enter(record.key(), event, record.timestamp());
  }
}
