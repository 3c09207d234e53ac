package io.zoetrope.topology.query;

import java.util.List;
import java.util.Optional;

/**
 * What can be asked about videos. An answer is whole or there is none: where the stores that hold
 * it can't be read just now, every method throws {@link QueryException} with {@code
 * STORES_NOT_READY}, and asking again a little later is in order. Any thread.
 */
public interface VideoQueries {
  /**
   * Videos in the order of their ids, their runs without labels and missing frames.
   *
   * @param limit how many at most, 1 or more
   * @param cursor of the page before; null for the first page
   * @throws QueryException {@code CURSOR_INVALID}, {@code STORES_NOT_READY}
   */
  VideoPage videos(int limit, String cursor);

  /** A video with its runs; empty where nobody submitted it. */
  Optional<Video> video(String videoId);

  /** A run; empty where nobody asked for it. */
  Optional<Run> run(String videoId, String runId);

  /** The URI of a video's bytes; empty where nobody submitted it. */
  Optional<String> location(String videoId);

  /**
   * What a run found; empty where nobody asked for the run.
   *
   * @throws QueryException {@code CURSOR_INVALID}, {@code STORES_NOT_READY}
   */
  Optional<DetectionPage> detections(DetectionQuery query);

  /**
   * The keys, {@code videoId/runId}, of runs that were asked for, in their order.
   *
   * @param limit how many at most, 1 or more
   * @param after the key that the answer begins after; null: from the first
   */
  List<String> runKeys(int limit, String after);

  /**
   * The digest of a run as it stands; empty where nobody asked for the run. It reads all of the
   * run's detections, which takes as long as they are many.
   */
  Optional<RunDigest> digest(String videoId, String runId);
}
