package io.zoetrope.topology;

import io.zoetrope.events.RenderCompleted;
import io.zoetrope.events.RenderEvent;
import io.zoetrope.events.RenderFailed;
import io.zoetrope.events.SegmentRendered;
import io.zoetrope.schemas.Keys;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Keeps what has become of annotated videos; a tombstone forgets what its key tells of. An event
 * takes the place of one of an earlier revision of the run; of the same revision a failure that of
 * a plan, and a success that of both.
 *
 * <p>Of a compacted log the last record under a key is what remains. Where that would be another
 * than the one that stands, the one that stands is written again.
 */
final class RenderEventProcessor implements Processor<String, RenderEvent, String, Object> {
  private ProcessorContext<String, Object> context;
  private KeyValueStore<String, RenderEvent> events;

  @Override
  public void init(ProcessorContext<String, Object> context) {
    this.context = context;
    this.events = context.getStateStore(VideoLedgerTopology.RENDER_EVENTS);
  }

  @Override
  public void process(Record<String, RenderEvent> record) {
    RenderEvent event = record.value();
    if (event == null) {
      events.delete(record.key());
      return;
    }
    InvalidEventException.require(
        key(event).equals(record.key()), record.key(), "its value belongs to another key");
    RenderEvent standing = events.get(record.key());
    if (standing == null || countsAsMuch(event, standing)) {
      events.put(record.key(), event);
    } else {
      context.forward(
          new Record<>(record.key(), standing, record.timestamp()),
          VideoLedgerTopology.RENDER_EVENTS_SINK);
    }
  }

  /** The key that an event belongs under. */
  static String key(RenderEvent event) {
    return event.getState() instanceof SegmentRendered segment
        ? Keys.renderSegment(event.getVideoId(), event.getRenderId(), segment.getSequence())
        : Keys.render(event.getVideoId(), event.getRenderId());
  }

  private static boolean countsAsMuch(RenderEvent event, RenderEvent standing) {
    return event.getRevision() == standing.getRevision()
        ? rank(event) >= rank(standing)
        : event.getRevision() > standing.getRevision();
  }

  private static int rank(RenderEvent event) {
    if (event.getState() instanceof RenderCompleted) {
      return 2;
    }
    return event.getState() instanceof RenderFailed ? 1 : 0;
  }
}
