package io.zoetrope.topology;

import io.zoetrope.events.RenderRequested;
import io.zoetrope.schemas.Keys;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;

/** Keeps which annotated videos are wanted; a tombstone withdraws the wish. */
final class RenderProcessor implements Processor<String, RenderRequested, String, Object> {
  private KeyValueStore<String, RenderRequested> renders;

  @Override
  public void init(ProcessorContext<String, Object> context) {
    renders = context.getStateStore(VideoLedgerTopology.RENDERS);
  }

  @Override
  public void process(Record<String, RenderRequested> record) {
    RenderRequested request = record.value();
    if (request == null) {
      renders.delete(record.key());
      return;
    }
    InvalidEventException.require(
        Keys.render(request.getVideoId(), request.getRenderId()).equals(record.key()),
        record.key(),
        "its value belongs to another key");
    renders.put(record.key(), request);
  }
}
