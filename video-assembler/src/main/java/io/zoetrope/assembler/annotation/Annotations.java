package io.zoetrope.assembler.annotation;

import io.zoetrope.assembler.tracking.Polygon;
import io.zoetrope.assembler.tracking.Polygon.Spot;
import io.zoetrope.assembler.tracking.ZoneCounter;
import io.zoetrope.assembler.tracking.ZoneCounter.Presence;
import io.zoetrope.events.AnnotatedFrame;
import io.zoetrope.events.AnnotatedObject;
import io.zoetrope.events.RenderStyle;
import io.zoetrope.events.ZoneCount;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.IntStream;

/**
 * Goes once through a run's frames, in the order in which they are shown, and says what is drawn on
 * each: which objects, their tracks, and how many are in each zone. Holds the frames that trails
 * come from, and no others. The same frames give the same, however they are handed over. For one
 * thread.
 *
 * <p>Boxes are in pixels of the frame's upright picture. An object that is only there to be
 * concealed, because it was seen a moment ago and will probably be seen again, has the confidence
 * {@link #PRESUMED}.
 */
public final class Annotations {
  /** The confidence of an object that wasn't detected. */
  public static final float PRESUMED = 0;

  private final Choice choice;
  private final long trailMicros;
  private final ObjectTracks tracks;
  private final ZoneCounter zones;
  private final List<String> labels = new ArrayList<>();
  private final Deque<AnnotatedFrame> recent = new ArrayDeque<>();
  private List<ZoneCount> counts;

  public Annotations(RenderStyle style) {
    choice = new Choice(style);
    trailMicros = style.getTracks() ? style.getTrailMicros() : 0;
    tracks = new ObjectTracks(style, choice);
    zones =
        new ZoneCounter(
            style.getZones().stream()
                .map(
                    zone ->
                        new Polygon(
                            zone.getCorners().stream()
                                .map(corner -> new Spot(corner.getX(), corner.getY()))
                                .toList()))
                .toList());
    counts = style.getZones().stream().map(zone -> new ZoneCount(0, 0)).toList();
  }

  /** What is drawn on the next frames, which follow on those before. */
  public Script next(List<RunFrame> frames) {
    frames.stream()
        .flatMapToLong(frame -> frame.ptsMicros().stream())
        .findFirst()
        .ifPresent(this::forgetBefore);
    List<AnnotatedFrame> script = new ArrayList<>(recent);
    for (RunFrame frame : frames) {
      script.add(annotate(frame));
    }
    return new Script(labels, script);
  }

  private AnnotatedFrame annotate(RunFrame frame) {
    List<AnnotatedObject> objects = new ArrayList<>();
    if (frame.isDetectedIn()) {
      List<RunObject> relevant =
          frame.objects().stream()
              .filter(found -> choice.outlines(found.label()) || choice.conceals(found.label()))
              .toList();
      relevant.forEach(this::learnLabel);
      ObjectTracks.Frame followed = tracks.follow(frame, relevant);
      count(frame, relevant, followed.numbers());
      for (int i = 0; i < relevant.size(); i++) {
        add(relevant.get(i), followed.shown(i), objects);
      }
      objects.addAll(followed.presumed());
    }
    AnnotatedFrame annotated = annotated(frame, objects, counts);
    remember(frame, annotated);
    return annotated;
  }

  private void add(RunObject found, int track, List<AnnotatedObject> objects) {
    if (choice.outlines(found.label(), found.confidence()) || choice.conceals(found.label())) {
      objects.add(
          new AnnotatedObject(
              found.classId(),
              found.confidence(),
              track,
              found.x(),
              found.y(),
              found.width(),
              found.height()));
    }
  }

  private static AnnotatedFrame annotated(
      RunFrame frame, List<AnnotatedObject> objects, List<ZoneCount> counts) {
    OptionalLong micros = frame.ptsMicros();
    return new AnnotatedFrame(
        frame.frame(),
        micros.isPresent() ? micros.getAsLong() : null,
        frame.status(),
        frame.failure().orElse(null),
        frame.width(),
        frame.height(),
        objects,
        counts);
  }

  private void learnLabel(RunObject found) {
    while (labels.size() <= found.classId()) {
      labels.add("");
    }
    labels.set(found.classId(), found.label());
  }

  private void count(RunFrame frame, List<RunObject> objects, List<Integer> numbers) {
    List<Presence> presences =
        IntStream.range(0, objects.size())
            .filter(i -> choice.outlines(objects.get(i).label(), objects.get(i).confidence()))
            .mapToObj(i -> new Presence(numbers.get(i), centre(objects.get(i), frame)))
            .toList();
    counts =
        zones.update(presences).stream()
            .map(count -> new ZoneCount(count.inside(), count.entered()))
            .toList();
  }

  private static Spot centre(RunObject object, RunFrame frame) {
    return new Spot(
        (object.x() + object.width() / 2.0) / frame.width(),
        (object.y() + object.height() / 2.0) / frame.height());
  }

  /** Keeps what a trail needs of a frame. */
  private void remember(RunFrame frame, AnnotatedFrame annotated) {
    if (trailMicros == 0 || frame.ptsMicros().isEmpty()) {
      return;
    }
    List<AnnotatedObject> followed =
        annotated.getObjects().stream()
            .filter(object -> object.getTrack() > 0 && object.getConfidence() > PRESUMED)
            .toList();
    if (!followed.isEmpty()) {
      recent.add(annotated(frame, followed, List.of()));
    }
    forgetBefore(frame.ptsMicros().getAsLong());
  }

  private void forgetBefore(long micros) {
    while (!recent.isEmpty() && recent.peek().getPtsMicros() < micros - trailMicros) {
      recent.remove();
    }
  }
}
