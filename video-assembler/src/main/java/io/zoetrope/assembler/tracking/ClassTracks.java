package io.zoetrope.assembler.tracking;

import io.zoetrope.assembler.tracking.Track.State;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The tracks of objects of one class, and the association of ByteTrack. */
final class ClassTracks {
  private final TrackerOptions options;
  private final List<Track> tracks = new ArrayList<>();

  ClassTracks(TrackerOptions options) {
    this.options = options;
  }

  /** What was seen, and where it stands among all that was. */
  record Sighting(int index, Seen seen, Rectangle box) {}

  /** When a frame is shown. */
  record Moment(long frame, long micros, long sinceLast) {}

  boolean isEmpty() {
    return tracks.isEmpty();
  }

  Stream<Track> in(State state) {
    return tracks.stream().filter(track -> track.state() == state);
  }

  /**
   * Takes the next frame.
   *
   * @param owners {@code Track[seen]} of the frame, of which those of {@code sightings} are set
   */
  void update(Moment moment, List<Sighting> sightings, Track[] owners) {
    tracks.forEach(track -> track.predict(moment.sinceLast()));
    List<Track> tentative = new ArrayList<>(in(State.TENTATIVE).toList());
    List<Track> recent = new ArrayList<>(in(State.FOLLOWED).toList());
    List<Track> unseen = new ArrayList<>(tracks);
    unseen.removeAll(tentative);
    List<Sighting> sure = new ArrayList<>();
    List<Sighting> unsure = new ArrayList<>();
    for (Sighting sighting : sightings) {
      (isSure(sighting) ? sure : unsure).add(sighting);
    }

    Pass pass = new Pass(moment, owners);
    pass.match(unseen, sure, true, options.sureDistance());
    recent.retainAll(unseen);
    unseen.removeAll(pass.match(recent, unsure, false, options.unsureDistance()));
    unseen.forEach(Track::miss);
    pass.match(tentative, sure, true, options.tentativeDistance());
    // What was seen but once was probably nothing.
    tracks.removeAll(tentative);
    tracks.removeIf(track -> track.isForgotten(moment.frame(), moment.micros(), options));
    begin(moment, sure, owners);
    mergeSuccessors(moment, sightings, owners);
  }

  private boolean isSure(Sighting sighting) {
    return sighting.seen().confidence() >= options.sureConfidence();
  }

  private void begin(Moment moment, List<Sighting> rest, Track[] owners) {
    // Whoever is there when a video begins was there before.
    State state = moment.frame() == 0 ? State.FOLLOWED : State.TENTATIVE;
    for (Sighting sighting : rest) {
      if (sighting.seen().confidence() >= options.newConfidence()) {
        Track track = new Track(sighting.box(), moment.frame(), moment.micros(), state);
        tracks.add(track);
        owners[sighting.index()] = track;
      }
    }
  }

  /**
   * Where another track has begun in the place of a lost one, that one goes on instead. ByteTrack
   * takes any two in one place for the same; here two that were seen together stay two.
   */
  private void mergeSuccessors(Moment moment, List<Sighting> sightings, Track[] owners) {
    for (Track lost : in(State.LOST).toList()) {
      in(State.FOLLOWED)
          .filter(track -> track.isSuccessorOf(lost))
          .filter(track -> 1 - track.box().overlap(lost.box()) < options.duplicateDistance())
          .findFirst()
          .ifPresent(successor -> takeOver(lost, successor, moment, sightings, owners));
    }
  }

  private void takeOver(
      Track lost, Track successor, Moment moment, List<Sighting> sightings, Track[] owners) {
    tracks.remove(successor);
    for (Sighting sighting : sightings) {
      if (owners[sighting.index()] == successor) {
        owners[sighting.index()] = lost;
        lost.see(sighting.box(), moment.frame(), moment.micros());
      }
    }
  }

  /** The association of one frame. */
  private static final class Pass {
    private final Moment moment;
    private final Track[] owners;

    Pass(Moment moment, Track[] owners) {
      this.moment = moment;
      this.owners = owners;
    }

    /**
     * Brings together whoever belongs together, and takes them away from both lists.
     *
     * @return the tracks among them
     */
    List<Track> match(
        List<Track> tracks, List<Sighting> sightings, boolean confidenceCounts, double limit) {
      int[] pairs = Assignment.of(distances(tracks, sightings, confidenceCounts), limit);
      List<Track> matched = new ArrayList<>();
      List<Sighting> taken = new ArrayList<>();
      for (int i = 0; i < pairs.length; i++) {
        if (pairs[i] != Assignment.NONE) {
          Track track = tracks.get(i);
          Sighting sighting = sightings.get(pairs[i]);
          track.see(sighting.box(), moment.frame(), moment.micros());
          owners[sighting.index()] = track;
          matched.add(track);
          taken.add(sighting);
        }
      }
      tracks.removeAll(matched);
      sightings.removeAll(taken);
      return matched;
    }

    private static double[][] distances(
        List<Track> tracks, List<Sighting> sightings, boolean confidenceCounts) {
      double[][] distances = new double[tracks.size()][sightings.size()];
      for (int i = 0; i < tracks.size(); i++) {
        Rectangle box = tracks.get(i).box();
        for (int j = 0; j < sightings.size(); j++) {
          Sighting sighting = sightings.get(j);
          double weight = confidenceCounts ? sighting.seen().confidence() : 1;
          distances[i][j] = 1 - box.overlap(sighting.box()) * weight;
        }
      }
      return distances;
    }
  }
}
