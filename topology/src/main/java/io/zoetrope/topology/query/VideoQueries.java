package io.zoetrope.topology.query;

import java.util.Optional;
import java.util.Set;

/**
 * What can be asked about videos. An answer is whole or there is none: where the stores that hold
 * it can't be read just now, every method throws {@link QueryException} with {@code
 * STORES_NOT_READY}, and asking again a little later is in order. An answer that is behind says so;
 * what an outdated copy doesn't know is no answer, and never passes for "there is none". Any
 * thread.
 */
public interface VideoQueries {
  /**
   * Videos in the order of their ids, their runs without labels and missing frames.
   *
   * @param partitions that are looked through, every one of them
   * @param limit how many at most, 1 or more
   * @param cursor of the page before; null for the first page
   * @throws QueryException {@code CURSOR_INVALID}, {@code STORES_NOT_READY}
   */
  Answer<VideoPage> videos(Set<Integer> partitions, int limit, String cursor);

  /**
   * Runs in the order of their keys.
   *
   * @param partitions that are looked through, every one of them
   * @param limit how many at most, 1 or more
   * @param after key of a run, {@code videoId/runId}; those behind it are wanted. Null: from the
   *     first
   */
  Answer<RunKeys> runKeys(Set<Integer> partitions, int limit, String after);

  /** A video with its runs; empty where nobody submitted it. */
  Answer<Optional<Video>> video(String videoId);

  /** A run; empty where nobody asked for it. */
  Answer<Optional<Run>> run(String videoId, String runId);

  /** The URI of a video's bytes; empty where nobody submitted it. */
  Answer<Optional<String>> location(String videoId);

  /**
   * What a run found; empty where nobody asked for the run.
   *
   * @throws QueryException {@code CURSOR_INVALID}, {@code STORES_NOT_READY}
   */
  Answer<Optional<DetectionPage>> detections(DetectionQuery query);

  /**
   * The digest of a run as it stands; empty where nobody asked for the run. It reads all of the
   * run's detections, which takes as long as they are many.
   */
  Answer<Optional<RunDigest>> digest(String videoId, String runId);

  /** The annotated videos that were asked for of a video; none of one that nobody submitted. */
  Answer<Renders> renders(String videoId);

  /** An annotated video; empty where nobody asked for it, or it isn't wanted any more. */
  Answer<Optional<Render>> render(String videoId, String renderId);

  /**
   * What there is of an annotated video; empty as {@link #render}.
   *
   * @param from sequence of the first segment that is wanted
   */
  Answer<Optional<RenderSegments>> segments(String videoId, String renderId, int from);
}
