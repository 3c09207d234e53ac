package io.zoetrope.topology;

import io.zoetrope.events.RenderCompleted;
import io.zoetrope.events.RenderEvent;
import io.zoetrope.events.RenderPlanned;
import io.zoetrope.events.SegmentRendered;
import io.zoetrope.schemas.Keys;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * What has become of one task's renders. An event stands until one comes that counts more: of a
 * later revision of the run, or a success after a failure. How a render was planned has a place of
 * its own, beside how it ended, though both have one key in the log.
 *
 * <p>Of a compacted log the last record under a key is what remains. Where that would be another
 * than the one that stands, the one that stands is written again.
 */
final class RenderBook {
  private static final String PLAN = "/plan";

  private final ProcessorContext<String, Object> context;
  private final KeyValueStore<String, RenderEvent> events;

  RenderBook(ProcessorContext<String, Object> context) {
    this.context = context;
    this.events = context.getStateStore(VideoLedgerTopology.RENDER_EVENTS);
  }

  /** Something has become of a render, or of a segment of it. */
  void enter(String key, RenderEvent event, long timestamp) {
    String place = event.getState() instanceof RenderPlanned ? key + PLAN : key;
    RenderEvent standing = events.get(place);
    if (standing == null || countsAsMuch(event, standing)) {
      events.put(place, event);
    } else if (!place.equals(key)) {
      write(key, standing, timestamp);
    }
    RenderEvent last = events.get(key);
    if (last != null && !last.equals(event) && last.getRevision() >= event.getRevision()) {
      write(key, last, timestamp);
    }
  }

  /** What a key of the log tells of isn't any more. */
  void remove(String key) {
    events.delete(key);
    events.delete(key + PLAN);
  }

  private void write(String key, RenderEvent event, long timestamp) {
    context.forward(new Record<>(key, event, timestamp), VideoLedgerTopology.RENDER_EVENTS_SINK);
  }

  /** The key that an event belongs under. */
  static String key(RenderEvent event) {
    return event.getState() instanceof SegmentRendered segment
        ? Keys.renderSegment(event.getVideoId(), event.getRenderId(), segment.getSequence())
        : Keys.render(event.getVideoId(), event.getRenderId());
  }

  private static boolean countsAsMuch(RenderEvent event, RenderEvent standing) {
    if (event.getRevision() != standing.getRevision()) {
      return event.getRevision() > standing.getRevision();
    }
    return !(standing.getState() instanceof RenderCompleted)
        || event.getState() instanceof RenderCompleted;
  }
}
