package io.zoetrope.topology.query;

import java.time.Duration;
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

  /** How long an instance may take over the answer, which is a glance into its stores. */
  default Duration patience() {
    return Duration.ofSeconds(2);
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

  /** {@link VideoQueries#runKeys}. */
  record Runs(Set<Integer> partitions, int limit, String after) implements VideoQuery<RunKeys> {
    public Runs {
      partitions = Set.copyOf(partitions);
    }

    @Override
    public Answer<Optional<RunKeys>> to(VideoQueries queries) {
      return queries.runKeys(partitions, limit, after).map(Optional::of);
    }

    @Override
    public Class<RunKeys> type() {
      return RunKeys.class;
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

    /** For a page of very many. */
    @Override
    public Duration patience() {
      return Duration.ofSeconds(5);
    }
  }

  /** {@link VideoQueries#renders}. */
  record AllRenders(String videoId) implements VideoQuery<Renders> {
    @Override
    public Answer<Optional<Renders>> to(VideoQueries queries) {
      return queries.renders(videoId).map(Optional::of);
    }

    @Override
    public Class<Renders> type() {
      return Renders.class;
    }
  }

  /** {@link VideoQueries#render}. */
  record OneRender(String videoId, String renderId) implements VideoQuery<Render> {
    @Override
    public Answer<Optional<Render>> to(VideoQueries queries) {
      return queries.render(videoId, renderId);
    }

    @Override
    public Class<Render> type() {
      return Render.class;
    }
  }

  /** {@link VideoQueries#segments}. */
  record Segments(String videoId, String renderId, int from) implements VideoQuery<RenderSegments> {
    @Override
    public Answer<Optional<RenderSegments>> to(VideoQueries queries) {
      return queries.segments(videoId, renderId, from);
    }

    @Override
    public Class<RenderSegments> type() {
      return RenderSegments.class;
    }

    /** For those of a long video. */
    @Override
    public Duration patience() {
      return Duration.ofSeconds(5);
    }
  }

  /** {@link VideoQueries#digest}. */
  record Digest(String videoId, String runId) implements VideoQuery<RunDigest> {
    @Override
    public Answer<Optional<RunDigest>> to(VideoQueries queries) {
      return queries.digest(videoId, runId);
    }

    @Override
    public Class<RunDigest> type() {
      return RunDigest.class;
    }

    /** For all that a run found. */
    @Override
    public Duration patience() {
      return Duration.ofMinutes(1);
    }
  }
}
