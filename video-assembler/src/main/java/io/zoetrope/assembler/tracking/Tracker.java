package io.zoetrope.assembler.tracking;

import io.zoetrope.assembler.tracking.ClassTracks.Moment;
import io.zoetrope.assembler.tracking.ClassTracks.Sighting;
import io.zoetrope.assembler.tracking.Track.State;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Follows objects from frame to frame by where they are and where they are going: ByteTrack (Y.
 * Zhang et al., "ByteTrack: Multi-Object Tracking by Associating Every Detection Box", ECCV 2022,
 * arXiv:2110.06864). Sure detections are assigned to the predicted boxes of tracks first; unsure
 * ones then keep tracks alive that would be lost, but begin none. Objects of different classes are
 * never the same.
 *
 * <p>Time is that of the frames, so that variable and low frame rates are right; a frame that
 * failed is left out, and the tracks coast over it. Deterministic: equal frames give equal numbers
 * on every machine. Holds what is in sight and was lost lately. For one thread.
 */
public final class Tracker {
  private final TrackerOptions options;
  private final Map<Integer, ClassTracks> classes = new TreeMap<>();
  private long frames;
  private long lastMicros;
  private int numbers;

  /**
   * A numbered object that is waited for, and where it would be if it had gone on as before.
   *
   * @param unseenMicros since it was seen
   */
  public record Awaited(
      int track, int classId, float x, float y, float width, float height, long unseenMicros) {}

  public Tracker() {
    this(TrackerOptions.DEFAULT);
  }

  public Tracker(TrackerOptions options) {
    this.options = options;
  }

  /**
   * Takes what was seen in the next frame.
   *
   * @param micros when the frame is shown, not before the one before it
   * @return for each what the number of its object is, from 1 in the order of their appearance; 0
   *     where it belongs to none. An object gets its number when it is seen a second time, but for
   *     those in the first frame
   */
  public int[] update(long micros, List<Seen> seen) {
    Moment moment = new Moment(frames, micros, frames == 0 ? 0 : Math.max(0, micros - lastMicros));
    frames++;
    lastMicros = micros;
    Map<Integer, List<Sighting>> sightings = new TreeMap<>();
    classes.keySet().forEach(known -> sightings.put(known, new ArrayList<>()));
    for (int i = 0; i < seen.size(); i++) {
      sightings
          .computeIfAbsent(seen.get(i).classId(), unused -> new ArrayList<>())
          .add(new Sighting(i, seen.get(i), Rectangle.of(seen.get(i))));
    }
    Track[] owners = new Track[seen.size()];
    sightings.forEach(
        (classId, ofClass) ->
            classes
                .computeIfAbsent(classId, unused -> new ClassTracks(options))
                .update(moment, ofClass, owners));
    classes.values().removeIf(ClassTracks::isEmpty);
    return numbers(owners);
  }

  /** Those that weren't seen in the last frame but may come back, by number. */
  public List<Awaited> awaited() {
    List<Awaited> awaited = new ArrayList<>();
    classes.forEach(
        (classId, tracks) ->
            tracks.in(State.LOST).forEach(track -> awaited.add(awaited(classId, track))));
    awaited.sort(Comparator.comparingInt(Awaited::track));
    return awaited;
  }

  private Awaited awaited(int classId, Track track) {
    Rectangle box = track.box();
    return new Awaited(
        track.number(),
        classId,
        (float) box.left(),
        (float) box.top(),
        (float) box.width(),
        (float) box.height(),
        track.unseen(lastMicros));
  }

  private int[] numbers(Track[] owners) {
    int[] result = new int[owners.length];
    for (int i = 0; i < owners.length; i++) {
      Track owner = owners[i];
      if (owner != null && owner.state() == State.FOLLOWED) {
        if (owner.number() == 0) {
          owner.number(++numbers);
        }
        result[i] = owner.number();
      }
    }
    return result;
  }
}
