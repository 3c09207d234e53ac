package io.zoetrope.assembler.draw;

import java.util.ArrayList;
import java.util.List;

/**
 * Trails: lines along the places where an object was, thinner and fainter the older they are, with
 * a dot where it is. For one thread.
 */
final class Trails {
  /** Places to either side that each one is averaged with, since boxes tremble. */
  private static final int SMOOTHING = 4;

  private static final float FAINTEST = 0.08f;
  private static final float THINNEST = 0.45f;
  private static final float DOT = 2;

  private final Strokes strokes;
  private final float radius;

  Trails(Strokes strokes, Measures measures) {
    this.strokes = strokes;
    radius = measures.stroke() * 0.7f;
  }

  /** Raises the layers of the strokes to a trail. */
  void draw(List<Place> places) {
    if (places.isEmpty() || !places.stream().allMatch(Place::isFinite)) {
      return;
    }
    List<Strokes.End> ends = ends(smoothed(places));
    for (int at = 1; at < ends.size(); at++) {
      strokes.line(ends.get(at - 1), ends.get(at));
    }
    Place head = places.get(places.size() - 1);
    Strokes.End dot = new Strokes.End(head.x(), head.y(), radius * DOT, 1);
    strokes.line(dot, dot);
  }

  /** Ends of lines, none so short that it couldn't be seen. */
  private List<Strokes.End> ends(List<Place> places) {
    List<Strokes.End> ends = new ArrayList<>(places.size());
    int newest = places.size() - 1;
    for (int at = 0; at <= newest; at++) {
      Place place = places.get(at);
      boolean kept = at == 0 || at == newest;
      if (!kept) {
        Strokes.End last = ends.get(ends.size() - 1);
        float across = place.x() - last.x();
        float down = place.y() - last.y();
        kept = across * across + down * down >= 16 * radius * radius;
      }
      if (kept) {
        float age = (float) at / Math.max(1, newest);
        ends.add(
            new Strokes.End(
                place.x(),
                place.y(),
                radius * (THINNEST + (1 - THINNEST) * age),
                FAINTEST + (1 - FAINTEST) * age));
      }
    }
    return ends;
  }

  /** The means of places and their neighbours; as many on both sides, so that both ends stay. */
  private static List<Place> smoothed(List<Place> places) {
    List<Place> smoothed = new ArrayList<>(places.size());
    for (int at = 0; at < places.size(); at++) {
      int reach = Math.min(SMOOTHING, Math.min(at, places.size() - 1 - at));
      float x = 0;
      float y = 0;
      for (int near = at - reach; near <= at + reach; near++) {
        x += places.get(near).x();
        y += places.get(near).y();
      }
      smoothed.add(new Place(x / (2 * reach + 1), y / (2 * reach + 1)));
    }
    return smoothed;
  }
}
