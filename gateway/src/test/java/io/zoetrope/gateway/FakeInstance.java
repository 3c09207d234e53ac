package io.zoetrope.gateway;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.zoetrope.gateway.cluster.ClusterSecret;
import io.zoetrope.gateway.cluster.ClusterVideoQueries;
import io.zoetrope.gateway.cluster.InstanceClient;
import io.zoetrope.schemas.Keys;
import io.zoetrope.schemas.RunDefaults;
import io.zoetrope.schemas.Topics;
import io.zoetrope.topology.query.Answer;
import io.zoetrope.topology.query.DetectionPage;
import io.zoetrope.topology.query.DetectionQuery;
import io.zoetrope.topology.query.Place;
import io.zoetrope.topology.query.QueryException;
import io.zoetrope.topology.query.Render;
import io.zoetrope.topology.query.RenderSegments;
import io.zoetrope.topology.query.Renders;
import io.zoetrope.topology.query.Run;
import io.zoetrope.topology.query.RunDigest;
import io.zoetrope.topology.query.RunKeys;
import io.zoetrope.topology.query.StoreInstance;
import io.zoetrope.topology.query.Video;
import io.zoetrope.topology.query.VideoPage;
import io.zoetrope.topology.query.VideoQueries;
import java.net.URI;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An instance of the topology that others reach over HTTP. It knows nothing of videos but that they
 * are there, in the partitions that it holds.
 */
final class FakeInstance implements StoreInstance, VideoQueries, AutoCloseable {
  static final ClusterSecret SECRET = new ClusterSecret("for-tests-only");

  /** How far the partitions that it holds are behind; 0 for those that it owns. */
  final Map<Integer, Long> held = new ConcurrentHashMap<>();

  /** Where it believes that other partitions are. */
  final Map<Integer, Place> places = new ConcurrentHashMap<>();

  /** Questions that its stores were asked. */
  final AtomicInteger asked = new AtomicInteger();

  final VideoQueries cluster;
  private final NavigableMap<String, Video> videos = new TreeMap<>();
  private final Gateway gateway;

  FakeInstance(Collection<Video> videos) {
    this(videos, SECRET);
  }

  FakeInstance(Collection<Video> videos, ClusterSecret secret) {
    videos.forEach(video -> this.videos.put(video.videoId(), video));
    this.cluster = new ClusterVideoQueries(this, new InstanceClient(secret));
    this.gateway =
        new Gateway(
            new GatewaySettings("127.0.0.1", 0, new RunDefaults("none", 0, 0, 0), Map.of()),
            new GatewayServices(
                null,
                cluster,
                null,
                new Health(Map.of(), Map.of()),
                new PrometheusMeterRegistry(PrometheusConfig.DEFAULT),
                null,
                new InternalQueries(this, cluster, secret)));
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + gateway.port());
  }

  /** Holds these partitions, so many records behind. */
  FakeInstance holding(Collection<Integer> partitions, long behind) {
    partitions.forEach(partition -> held.put(partition, behind));
    return this;
  }

  /** Believes that these partitions are there. */
  void believing(Collection<Integer> partitions, Place place) {
    partitions.forEach(partition -> places.put(partition, place));
  }

  @Override
  public VideoQueries queries() {
    return this;
  }

  @Override
  public Place place(int partition) {
    return places.getOrDefault(partition, Place.UNKNOWN);
  }

  @Override
  public Answer<VideoPage> videos(Set<Integer> partitions, int limit, String cursor) {
    asked.incrementAndGet();
    long behind = partitions.stream().mapToLong(this::behind).sum();
    List<Video> found =
        videos.tailMap(cursor == null ? "" : cursor, false).values().stream()
            .filter(video -> partitions.contains(Topics.RUNS.partition(video.videoId())))
            .toList();
    List<Video> shown = found.stream().limit(limit).toList();
    String next = found.size() > limit ? shown.get(limit - 1).videoId() : null;
    return new Answer<>(new VideoPage(shown, next), behind);
  }

  /** One run of each video. */
  @Override
  public Answer<RunKeys> runKeys(Set<Integer> partitions, int limit, String after) {
    String cursor = after == null ? null : Keys.owner(after);
    return videos(partitions, limit, cursor)
        .map(
            page ->
                new RunKeys(
                    page.videos().stream().map(v -> Keys.run(v.videoId(), "run")).toList()));
  }

  @Override
  public Answer<Optional<Video>> video(String videoId) {
    asked.incrementAndGet();
    long behind = behind(Topics.RUNS.partition(videoId));
    return new Answer<>(Optional.ofNullable(videos.get(videoId)), behind);
  }

  @Override
  public Answer<Optional<Run>> run(String videoId, String runId) {
    return video(videoId).map(found -> Optional.empty());
  }

  @Override
  public Answer<Optional<String>> location(String videoId) {
    return video(videoId).map(found -> found.map(Video::videoId));
  }

  @Override
  public Answer<Optional<DetectionPage>> detections(DetectionQuery query) {
    return video(query.videoId()).map(found -> Optional.empty());
  }

  @Override
  public Answer<Optional<RunDigest>> digest(String videoId, String runId) {
    return video(videoId).map(found -> Optional.empty());
  }

  @Override
  public Answer<Renders> renders(String videoId) {
    return video(videoId).map(found -> new Renders(List.of()));
  }

  @Override
  public Answer<Optional<Render>> render(String videoId, String renderId) {
    return video(videoId).map(found -> Optional.empty());
  }

  @Override
  public Answer<Optional<RenderSegments>> segments(String videoId, String renderId, int from) {
    return video(videoId).map(found -> Optional.empty());
  }

  @Override
  public void close() {
    gateway.close();
  }

  private long behind(int partition) {
    Long behind = held.get(partition);
    if (behind == null) {
      throw new QueryException(QueryException.STORES_NOT_READY, "not here: " + partition);
    }
    return behind;
  }
}
