package io.zoetrope.topology.query;

import java.util.List;

/**
 * Pieces of an annotated video, for those who join or play them.
 *
 * @param state how far the video is
 * @param revision of the run that they show
 * @param total how many there will be; null while unknown
 * @param sound the original's, beside them; null where there is none, or none yet
 * @param segments those that are there, by their sequence, which may have gaps
 */
public record RenderSegments(
    Render.State state, int revision, Integer total, Sound sound, List<Segment> segments) {
  public RenderSegments {
    segments = List.copyOf(segments);
  }

  /** Of all that are there, those from the first one on without a gap. */
  public List<Segment> withoutGap() {
    int length = 0;
    while (length < segments.size() && segments.get(length).sequence() == length) {
      length++;
    }
    return segments.subList(0, length);
  }

  /**
   * An MP4 file of one fragment.
   *
   * @param pictures in it
   * @param location for the media store; null where it has no pictures
   * @param sha256 of its bytes; null where it has no pictures
   * @param headerBytes how many of them come before the fragment
   * @param failedFrames that are marked instead of annotated, in their order
   */
  public record Segment(
      int sequence,
      long firstFrame,
      int pictures,
      String location,
      String sha256,
      long sizeBytes,
      long headerBytes,
      long durationMicros,
      List<Render.FailedRange> failedFrames) {}

  /**
   * An MP4 file of sound alone.
   *
   * @param location for the media store
   * @param headerBytes how many of its bytes come before the first fragment
   * @param fragments one directly behind the other
   */
  public record Sound(String location, long headerBytes, List<Fragment> fragments) {}

  /** A piece of sound. */
  public record Fragment(long sizeBytes, long durationMicros) {}
}
