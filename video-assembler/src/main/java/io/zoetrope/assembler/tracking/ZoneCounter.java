package io.zoetrope.assembler.tracking;

import io.zoetrope.assembler.tracking.Polygon.Spot;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Counts objects in zones of the picture, frame by frame: those that are in a zone, and the tracks
 * that have ever been. For one thread.
 */
public final class ZoneCounter {
  private final List<Polygon> zones;
  private final List<BitSet> visitors = new ArrayList<>();

  /**
   * Where an object is.
   *
   * @param track its number, or 0 where it has none and thus isn't told from others
   */
  public record Presence(int track, Spot spot) {}

  /**
   * One zone in one frame.
   *
   * @param inside objects in it now
   * @param entered tracks that have been in it so far
   */
  public record Count(int inside, int entered) {}

  public ZoneCounter(List<Polygon> zones) {
    this.zones = List.copyOf(zones);
    zones.forEach(zone -> visitors.add(new BitSet()));
  }

  /** Takes the next frame; counts by the order of the zones. */
  public List<Count> update(List<Presence> objects) {
    List<Count> counts = new ArrayList<>(zones.size());
    for (int i = 0; i < zones.size(); i++) {
      counts.add(count(zones.get(i), visitors.get(i), objects));
    }
    return counts;
  }

  private static Count count(Polygon zone, BitSet visited, List<Presence> objects) {
    int inside = 0;
    for (Presence object : objects) {
      if (zone.contains(object.spot())) {
        inside++;
        visited.set(object.track());
      }
    }
    // Whoever has no track counts only while it is there.
    visited.clear(0);
    return new Count(inside, visited.cardinality());
  }
}
