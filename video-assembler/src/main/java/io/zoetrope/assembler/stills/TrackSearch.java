package io.zoetrope.assembler.stills;

import io.zoetrope.assembler.annotation.Annotations;
import io.zoetrope.assembler.annotation.RunFrame;
import io.zoetrope.events.AnnotatedFrame;
import io.zoetrope.events.AnnotatedObject;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Follows one track of a run, with the numbers that tracks have in annotated videos: when it is to
 * be seen, and where best. Fed all of the run's frames in order.
 */
final class TrackSearch {
  private static final double AT_THE_EDGE = 0.5;
  private static final float EDGE_PIXELS = 2;

  private final Annotations annotations = new Annotations(View.FOLLOWING);
  private final int track;
  private final int sightings;
  private final PriorityQueue<Sighting> best =
      new PriorityQueue<>(Comparator.comparingDouble(Sighting::quality));
  private boolean found;
  private long firstMicros;
  private long lastMicros;

  /**
   * The object in one frame.
   *
   * @param quality the surer, the larger and the farther from the edge, the higher
   */
  record Sighting(long micros, AnnotatedFrame frame, AnnotatedObject object, double quality) {}

  /**
   * Nothing seen yet.
   *
   * @param sightings how many of the best are kept
   */
  TrackSearch(int track, int sightings) {
    this.track = track;
    this.sightings = sightings;
  }

  /** Takes the next frame. */
  void add(RunFrame frame) {
    List<AnnotatedFrame> annotated = annotations.next(List.of(frame)).frames();
    AnnotatedFrame last = annotated.get(annotated.size() - 1);
    if (last.getPtsMicros() == null) {
      return;
    }
    for (AnnotatedObject object : last.getObjects()) {
      if (object.getTrack() == track) {
        see(last, object);
      }
    }
  }

  /** Whether the run has such a track. */
  boolean isFound() {
    return found;
  }

  long firstMicros() {
    return firstMicros;
  }

  long lastMicros() {
    return lastMicros;
  }

  /** Where it is best to be seen, in no order. */
  List<Sighting> best() {
    return List.copyOf(best);
  }

  private void see(AnnotatedFrame frame, AnnotatedObject object) {
    firstMicros = found ? firstMicros : frame.getPtsMicros();
    lastMicros = frame.getPtsMicros();
    found = true;
    best.add(new Sighting(frame.getPtsMicros(), frame, object, quality(frame, object)));
    if (best.size() > sightings) {
      best.remove();
    }
  }

  private static double quality(AnnotatedFrame frame, AnnotatedObject object) {
    boolean whole =
        object.getX() > EDGE_PIXELS
            && object.getY() > EDGE_PIXELS
            && object.getX() + object.getWidth() < frame.getWidth() - EDGE_PIXELS
            && object.getY() + object.getHeight() < frame.getHeight() - EDGE_PIXELS;
    double area = (double) object.getWidth() * object.getHeight();
    return object.getConfidence() * Math.sqrt(area) * (whole ? 1 : AT_THE_EDGE);
  }
}
