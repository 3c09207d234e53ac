package io.zoetrope.gateway.cluster;

import io.zoetrope.topology.query.Answer;
import io.zoetrope.topology.query.DetectionPage;
import io.zoetrope.topology.query.DetectionQuery;
import io.zoetrope.topology.query.QueryException;
import io.zoetrope.topology.query.Render;
import io.zoetrope.topology.query.RenderSegments;
import io.zoetrope.topology.query.Renders;
import io.zoetrope.topology.query.Run;
import io.zoetrope.topology.query.RunDigest;
import io.zoetrope.topology.query.RunKeys;
import io.zoetrope.topology.query.Video;
import io.zoetrope.topology.query.VideoPage;
import io.zoetrope.topology.query.VideoQueries;
import io.zoetrope.topology.query.VideoQuery;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * For a process without stores: any instance of the topology is asked, and finds out who knows. The
 * one that answered last is asked first, then one other.
 */
public final class RemoteVideoQueries implements VideoQueries {
  private static final int MOST_ASKED = 2;
  private static final int HOPS_LEFT = 1;

  private final List<URI> topologies;
  private final InstanceClient client;
  private volatile int preferred;

  /**
   * Nobody is asked yet.
   *
   * @param topologies instances of the topology, one or more; they needn't be all
   */
  public RemoteVideoQueries(List<URI> topologies, InstanceClient client) {
    if (topologies.isEmpty()) {
      throw new IllegalArgumentException("there is no instance of the topology to ask");
    }
    this.topologies = List.copyOf(topologies);
    this.client = client;
  }

  @Override
  public Answer<VideoPage> videos(Set<Integer> partitions, int limit, String cursor) {
    return ask(new VideoQuery.Videos(partitions, limit, cursor)).map(Optional::orElseThrow);
  }

  @Override
  public Answer<RunKeys> runKeys(Set<Integer> partitions, int limit, String after) {
    return ask(new VideoQuery.Runs(partitions, limit, after)).map(Optional::orElseThrow);
  }

  @Override
  public Answer<Optional<Video>> video(String videoId) {
    return ask(new VideoQuery.OneVideo(videoId));
  }

  @Override
  public Answer<Optional<Run>> run(String videoId, String runId) {
    return ask(new VideoQuery.OneRun(videoId, runId));
  }

  @Override
  public Answer<Optional<String>> location(String videoId) {
    return ask(new VideoQuery.Location(videoId));
  }

  @Override
  public Answer<Optional<DetectionPage>> detections(DetectionQuery query) {
    return ask(new VideoQuery.Detections(query));
  }

  @Override
  public Answer<Optional<RunDigest>> digest(String videoId, String runId) {
    return ask(new VideoQuery.Digest(videoId, runId));
  }

  @Override
  public Answer<Renders> renders(String videoId) {
    return ask(new VideoQuery.AllRenders(videoId)).map(Optional::orElseThrow);
  }

  @Override
  public Answer<Optional<Render>> render(String videoId, String renderId) {
    return ask(new VideoQuery.OneRender(videoId, renderId));
  }

  @Override
  public Answer<Optional<RenderSegments>> segments(String videoId, String renderId, int from) {
    return ask(new VideoQuery.Segments(videoId, renderId, from));
  }

  private <A> Answer<Optional<A>> ask(VideoQuery<A> query) {
    int first = preferred;
    for (int asked = 1; ; asked++) {
      int index = (first + asked - 1) % topologies.size();
      try {
        Answer<Optional<A>> answer = client.ask(topologies.get(index), query, HOPS_LEFT).await();
        preferred = index;
        return answer;
      } catch (QueryException e) {
        boolean another = asked < Math.min(MOST_ASKED, topologies.size());
        if (!another || !e.code().equals(QueryException.STORES_NOT_READY)) {
          throw e;
        }
      }
    }
  }
}
