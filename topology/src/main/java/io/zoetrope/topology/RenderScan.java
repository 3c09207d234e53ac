package io.zoetrope.topology;

import io.zoetrope.events.RenderCompleted;
import io.zoetrope.events.RenderEvent;
import io.zoetrope.events.RenderFailed;
import io.zoetrope.events.RenderPlanned;
import io.zoetrope.events.RenderRequested;
import io.zoetrope.events.RenderSound;
import io.zoetrope.events.SegmentRendered;
import io.zoetrope.schemas.Keys;
import io.zoetrope.topology.ledger.Reason;
import io.zoetrope.topology.query.Render;
import io.zoetrope.topology.query.Render.FailedRange;
import io.zoetrope.topology.query.RenderSegments;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Walks over what has become of a render, and takes what is of the newest revision of its run. One
 * walk, one thread.
 */
final class RenderScan {
  private static final int MOST_RANGES = 1_000;

  private final List<RenderSegments.Segment> segments = new ArrayList<>();
  private final List<FailedRange> failed = new ArrayList<>();
  private final int from;
  private int revision;
  private RenderPlanned plan;
  private RenderCompleted completion;
  private RenderFailed failure;
  private int rendered;
  private int ready;
  private long readyMicros;
  private long frames;
  private long failedFrames;

  private RenderScan(int from) {
    this.from = from;
  }

  /** Every render of a video, failed frames counted alone. */
  static List<Render> all(String videoId, VideoStores stores) {
    try (Stream<RenderRequested> requests = KeyRange.under(videoId).stream(stores.renders())) {
      return requests
          .map(
              request -> {
                Render render = of(request, Integer.MAX_VALUE, stores).render(request);
                return withoutRanges(render);
              })
          .toList();
    }
  }

  static Optional<Render> one(String videoId, String renderId, VideoStores stores) {
    return requested(videoId, renderId, stores)
        .map(request -> of(request, Integer.MAX_VALUE, stores).render(request));
  }

  static Optional<RenderSegments> segments(
      String videoId, String renderId, int from, VideoStores stores) {
    return requested(videoId, renderId, stores)
        .map(request -> of(request, from, stores).segments());
  }

  private static Optional<RenderRequested> requested(
      String videoId, String renderId, VideoStores stores) {
    return Optional.ofNullable(stores.renders().get(Keys.render(videoId, renderId)));
  }

  private static RenderScan of(RenderRequested request, int from, VideoStores stores) {
    RenderScan scan = new RenderScan(from);
    String key = Keys.render(request.getVideoId(), request.getRenderId());
    RenderEvent end = stores.renderEvents().get(key);
    if (end != null) {
      scan.take(end);
    }
    try (Stream<RenderEvent> events = KeyRange.under(key).stream(stores.renderEvents())) {
      events.forEach(scan::take);
    }
    return scan;
  }

  private void take(RenderEvent event) {
    if (event.getRevision() < revision) {
      return;
    }
    if (event.getRevision() > revision) {
      forget();
      revision = event.getRevision();
    }
    if (event.getState() instanceof SegmentRendered segment) {
      take(segment);
    } else if (event.getState() instanceof RenderPlanned planned) {
      plan = planned;
    } else if (event.getState() instanceof RenderCompleted completed) {
      completion = completed;
    } else if (event.getState() instanceof RenderFailed fault) {
      failure = fault;
    }
  }

  private void forget() {
    segments.clear();
    failed.clear();
    plan = null;
    completion = null;
    failure = null;
    rendered = 0;
    ready = 0;
    readyMicros = 0;
    frames = 0;
    failedFrames = 0;
  }

  // They come in the order of their sequences.
  private void take(SegmentRendered segment) {
    if (segment.getSequence() == ready) {
      ready++;
      readyMicros += segment.getDurationMicros();
    }
    rendered++;
    frames += segment.getFrames();
    List<FailedRange> marked =
        segment.getFailedFrames().stream()
            .map(
                range ->
                    new FailedRange(range.getFirstFrame(), range.getLastFrame(), range.getCode()))
            .toList();
    marked.forEach(this::addFailed);
    if (segment.getSequence() >= from) {
      segments.add(
          new RenderSegments.Segment(
              segment.getSequence(),
              segment.getFirstFrame(),
              segment.getFrames(),
              segment.getLocation(),
              segment.getSha256(),
              segment.getSizeBytes(),
              segment.getHeaderBytes(),
              segment.getDurationMicros(),
              marked));
    }
  }

  private void addFailed(FailedRange range) {
    failedFrames += range.last() - range.first() + 1;
    FailedRange before = failed.isEmpty() ? null : failed.get(failed.size() - 1);
    if (before != null
        && before.last() + 1 == range.first()
        && before.code().equals(range.code())) {
      failed.set(failed.size() - 1, new FailedRange(before.first(), range.last(), range.code()));
    } else if (failed.size() < MOST_RANGES) {
      failed.add(range);
    }
  }

  private Render render(RenderRequested request) {
    return new Render(
        request.getVideoId(),
        request.getRenderId(),
        request.getRunId(),
        Render.Style.of(request.getStyle()),
        Render.Encoding.of(request.getEncoding()),
        request.getRenderer(),
        state(),
        revision,
        new Render.Segments(total(), rendered, ready, readyMicros, frames),
        new Render.FailedFrames(
            completion == null ? failedFrames : completion.getFailedFrames(), List.copyOf(failed)),
        completion == null ? null : result(completion),
        failure == null ? null : new Reason(failure.getCode(), failure.getMessage()));
  }

  private static Render withoutRanges(Render render) {
    return new Render(
        render.videoId(),
        render.renderId(),
        render.runId(),
        render.style(),
        render.encoding(),
        render.renderer(),
        render.state(),
        render.revision(),
        render.segments(),
        new Render.FailedFrames(render.failedFrames().count(), List.of()),
        render.result(),
        render.failure());
  }

  private Render.State state() {
    if (completion != null) {
      return Render.State.COMPLETE;
    }
    if (failure != null) {
      return Render.State.FAILED;
    }
    return plan == null && rendered == 0 ? Render.State.WAITING : Render.State.RUNNING;
  }

  private Integer total() {
    if (completion != null) {
      return completion.getSegments();
    }
    return plan == null ? null : plan.getSegments();
  }

  private RenderSegments segments() {
    return new RenderSegments(state(), revision, total(), sound(), segments);
  }

  private RenderSegments.Sound sound() {
    RenderSound sound = plan == null ? null : plan.getSound();
    if (completion != null) {
      sound = completion.getSound();
    }
    return sound == null
        ? null
        : new RenderSegments.Sound(
            sound.getLocation(),
            sound.getHeaderBytes(),
            sound.getFragments().stream()
                .map(
                    fragment ->
                        new RenderSegments.Fragment(
                            fragment.getSizeBytes(), fragment.getDurationMicros()))
                .toList());
  }

  private static Render.Result result(RenderCompleted completed) {
    return new Render.Result(
        completed.getFrames(),
        completed.getDurationMicros(),
        completed.getWidth(),
        completed.getHeight(),
        completed.getLocation(),
        completed.getSha256(),
        completed.getSizeBytes(),
        completed.getNotes());
  }
}
