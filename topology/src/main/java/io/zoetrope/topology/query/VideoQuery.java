package io.zoetrope.topology.query;

import java.util.Optional;
import java.util.Set;

/**
 * A question that one instance passes on to another: one record for each method of {@link
 * VideoQueries}.
 *
 * @param <A> what it is answered with
 */
public sealed interface VideoQuery<A> {
  /** Puts the question. */
  Answer<Optional<A>> to(VideoQueries queries);

  /** The type of what it is answered with. */
  Class<A> type();

  /** Whether the answer may take a walk over all that a run found. */
  default boolean extensive() {
    return false;
  }

  /** {@link VideoQueries#videos(Set, int, String)}. */
  record Videos(Set<Integer> partitions, int limit, String cursor)
      implements VideoQuery<VideoPage> {
    public Videos {
      partitions = Set.copyOf(partitions);
    }

    @Override
    public Answer<Optional<VideoPage>> to(VideoQueries queries) {
      return queries.videos(partitions, limit, cursor).map(Optional::of);
    }

    @Override
    public Class<VideoPage> type() {
      return VideoPage.class;
    }
  }

  /** {@link VideoQueries#video}. */
  record OneVideo(String videoId) implements VideoQuery<Video> {
    @Override
    public Answer<Optional<Video>> to(VideoQueries queries) {
      return queries.video(videoId);
    }

    @Override
    public Class<Video> type() {
      return Video.class;
    }
  }

  /** {@link VideoQueries#run}. */
  record OneRun(String videoId, String runId) implements VideoQuery<Run> {
    @Override
    public Answer<Optional<Run>> to(VideoQueries queries) {
      return queries.run(videoId, runId);
    }

    @Override
    public Class<Run> type() {
      return Run.class;
    }
  }

  /** {@link VideoQueries#location}. */
  record Location(String videoId) implements VideoQuery<String> {
    @Override
    public Answer<Optional<String>> to(VideoQueries queries) {
      return queries.location(videoId);
    }

    @Override
    public Class<String> type() {
      return String.class;
    }
  }

  /** {@link VideoQueries#detections}. */
  record Detections(DetectionQuery query) implements VideoQuery<DetectionPage> {
    @Override
    public Answer<Optional<DetectionPage>> to(VideoQueries queries) {
      return queries.detections(query);
    }

    @Override
    public Class<DetectionPage> type() {
      return DetectionPage.class;
    }

    @Override
    public boolean extensive() {
      return true;
    }
  }
}
