package io.zoetrope.assembler.segments;

import io.zoetrope.events.AnnotatedObject;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Where the objects in sight have been lately. */
final class Trails {
  private final long lengthMicros;
  private final Map<Integer, Deque<Spot>> trails = new HashMap<>();

  /** The centre of an object at a time, as fractions of the picture's width and height. */
  record Spot(long micros, double x, double y) {}

  /**
   * No trails yet.
   *
   * @param lengthMicros how far back they go; 0: there are none
   */
  Trails(long lengthMicros) {
    this.lengthMicros = lengthMicros;
  }

  /** Goes on to where an object is in the next frame. */
  void add(AnnotatedObject object, long micros, int width, int height) {
    if (lengthMicros == 0 || object.getTrack() == 0) {
      return;
    }
    Deque<Spot> trail = trails.computeIfAbsent(object.getTrack(), unused -> new ArrayDeque<>());
    trail.add(
        new Spot(
            micros,
            (object.getX() + object.getWidth() / 2.0) / width,
            (object.getY() + object.getHeight() / 2.0) / height));
    forgetBefore(micros - lengthMicros, trail);
  }

  /** The trail of an object that was just added, from its oldest place to where it is. */
  List<Spot> of(int track) {
    return new ArrayList<>(trails.getOrDefault(track, new ArrayDeque<>()));
  }

  private static void forgetBefore(long micros, Deque<Spot> trail) {
    while (!trail.isEmpty() && trail.peek().micros() < micros) {
      trail.remove();
    }
  }
}
