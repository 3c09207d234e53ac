package io.zoetrope.assembler;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.zoetrope.assembler.RenderLedger.RenderState.Status;
import io.zoetrope.assembler.annotation.RunFrame;
import io.zoetrope.events.RenderCompleted;
import io.zoetrope.events.RenderEvent;
import io.zoetrope.events.RenderFailed;
import io.zoetrope.events.SegmentRendered;
import io.zoetrope.schemas.Topics;
import io.zoetrope.schemas.serdes.EventSerdes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.Deserializer;

/** Knows of one render what was published of it, as a topology would, and of its run all. */
final class KnownRenders implements RenderLedger {
  private final MockProducer<byte[], byte[]> producer;
  private final Deserializer<RenderEvent> reader;
  private final List<RunFrame> frames = new ArrayList<>();
  private Optional<RunState> run = Optional.of(new RunState(true, 1, Optional.empty(), List.of()));
  private boolean wanted = true;
  private boolean available = true;
  private Runnable meanwhile = () -> {};

  KnownRenders(MockProducer<byte[], byte[]> producer, EventSerdes serdes) {
    this.producer = producer;
    this.reader = serdes.deserializer(Topics.RENDER_EVENTS);
  }

  void frames(List<RunFrame> found) {
    frames.clear();
    frames.addAll(found);
  }

  void run(Optional<RunState> state) {
    run = state;
  }

  void wanted(boolean is) {
    wanted = is;
  }

  void available(boolean is) {
    available = is;
  }

  /** What others do before each answer about the render. */
  void meanwhile(Runnable work) {
    meanwhile = work;
  }

  @Override
  public Optional<RunState> run(String videoId, String runId) {
    return run;
  }

  @Override
  public FramePage frames(String videoId, String runId, String cursor) {
    return new FramePage(List.copyOf(frames), null);
  }

  @Override
  public Optional<RenderState> render(String videoId, String renderId) {
    if (!available) {
      throw new LedgerUnavailableException("nobody answers", null);
    }
    meanwhile.run();
    if (!wanted) {
      return Optional.empty();
    }
    List<RenderEvent> events = List.copyOf(events().values());
    int revision = events.stream().mapToInt(RenderEvent::getRevision).max().orElse(0);
    List<Object> states = states(revision).toList();
    Status status =
        states.stream().anyMatch(RenderCompleted.class::isInstance)
            ? Status.COMPLETE
            : states.stream().anyMatch(RenderFailed.class::isInstance)
                ? Status.FAILED
                : Status.OPEN;
    long segments = states.stream().filter(SegmentRendered.class::isInstance).count();
    return Optional.of(new RenderState(status, revision, (int) segments));
  }

  @Override
  public List<SegmentRendered> segments(String videoId, String renderId, int revision) {
    return states(revision)
        .filter(SegmentRendered.class::isInstance)
        .map(SegmentRendered.class::cast)
        .toList();
  }

  private Stream<Object> states(int revision) {
    return events().values().stream()
        .filter(event -> event.getRevision() == revision)
        .map(RenderEvent::getState);
  }

  /** The last event under each key, by the keys. */
  SortedMap<String, RenderEvent> events() {
    SortedMap<String, RenderEvent> events = new TreeMap<>();
    for (ProducerRecord<byte[], byte[]> record : producer.history()) {
      if (record.topic().equals(Topics.RENDER_EVENTS.name())) {
        String key = new String(record.key(), UTF_8);
        if (record.value() == null) {
          events.remove(key);
        } else {
          events.put(key, reader.deserialize(record.topic(), record.value()));
        }
      }
    }
    return events;
  }
}
