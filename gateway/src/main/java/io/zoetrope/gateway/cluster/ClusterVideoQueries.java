package io.zoetrope.gateway.cluster;

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
import io.zoetrope.topology.query.VideoQuery;
import java.net.URI;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Answers for the whole topology from one of its instances. The owner of a partition is asked
 * first, then this instance for a copy, then one other that has one. A question about all videos
 * goes to the owners of all partitions at once, and each partition is answered for by exactly one
 * instance: an answer without one of them there isn't. Any thread.
 */
public final class ClusterVideoQueries implements VideoQueries {
  // The owner, this instance, and another copy: two that are waited for at most.
  private static final int MOST_ASKED = 3;
  private static final int HOPS_LEFT = 0;

  private final StoreInstance here;
  private final InstanceClient others;

  /** Someone to ask; {@code url} is null for this instance. */
  private record Source(URI url) {
    static final Source HERE = new Source(null);
  }

  public ClusterVideoQueries(StoreInstance here, InstanceClient others) {
    this.here = here;
    this.others = others;
  }

  @Override
  public Answer<Optional<Video>> video(String videoId) {
    return find(videoId, new VideoQuery.OneVideo(videoId));
  }

  @Override
  public Answer<Optional<Run>> run(String videoId, String runId) {
    return find(videoId, new VideoQuery.OneRun(videoId, runId));
  }

  @Override
  public Answer<Optional<String>> location(String videoId) {
    return find(videoId, new VideoQuery.Location(videoId));
  }

  @Override
  public Answer<Optional<DetectionPage>> detections(DetectionQuery query) {
    return find(query.videoId(), new VideoQuery.Detections(query));
  }

  @Override
  public Answer<Optional<RunDigest>> digest(String videoId, String runId) {
    return find(videoId, new VideoQuery.Digest(videoId, runId));
  }

  @Override
  public Answer<Renders> renders(String videoId) {
    return find(videoId, new VideoQuery.AllRenders(videoId)).map(Optional::orElseThrow);
  }

  @Override
  public Answer<Optional<Render>> render(String videoId, String renderId) {
    return find(videoId, new VideoQuery.OneRender(videoId, renderId));
  }

  @Override
  public Answer<Optional<RenderSegments>> segments(String videoId, String renderId, int from) {
    return find(videoId, new VideoQuery.Segments(videoId, renderId, from));
  }

  @Override
  public Answer<VideoPage> videos(Set<Integer> partitions, int limit, String cursor) {
    return scatter(partitions, share -> new VideoQuery.Videos(share, limit, cursor))
        .map(pages -> merged(pages, limit));
  }

  @Override
  public Answer<RunKeys> runKeys(Set<Integer> partitions, int limit, String after) {
    return scatter(partitions, share -> new VideoQuery.Runs(share, limit, after))
        .map(
            parts ->
                new RunKeys(
                    parts.stream()
                        .flatMap(part -> part.runs().stream())
                        .sorted()
                        .limit(limit)
                        .toList()));
  }

  /** What the owners of {@code partitions} answer, or in their place others. */
  private <A> Answer<List<A>> scatter(
      Set<Integer> partitions, Function<Set<Integer>, VideoQuery<A>> query) {
    Map<Integer, List<Source>> sources =
        partitions.stream().collect(Collectors.toMap(p -> p, this::sources));
    List<Answer<A>> parts = new ArrayList<>();
    Set<Integer> open = new TreeSet<>(partitions);
    for (int round = 0; !open.isEmpty(); round++) {
      // All are asked before the first is waited for.
      Map<Set<Integer>, PendingAnswer<A>> asked = new LinkedHashMap<>();
      shares(open, round, sources)
          .forEach(
              (source, share) ->
                  askable(source, share)
                      .forEach(part -> asked.put(part, ask(source, query.apply(part)))));
      open.clear();
      asked.forEach(
          (share, pending) -> {
            try {
              parts.add(pending.await().map(Optional::orElseThrow));
            } catch (QueryException e) {
              requireNotReady(e);
              open.addAll(share);
            }
          });
    }
    return Answer.all(parts);
  }

  private <A> Answer<Optional<A>> find(String videoId, VideoQuery<A> query) {
    int partition = Topics.RUNS.partition(videoId);
    List<Source> sources = sources(partition);
    for (Source source : sources) {
      try {
        return ask(source, query).await();
      } catch (QueryException e) {
        if (sources.size() == 1) {
          throw e;
        }
        requireNotReady(e);
      }
    }
    throw nobodyAnswers(partition);
  }

  private <A> PendingAnswer<A> ask(Source source, VideoQuery<A> query) {
    return source.url() == null
        ? () -> query.to(here.queries())
        : others.ask(source.url(), query, HOPS_LEFT);
  }

  private List<Source> sources(int partition) {
    Place place = here.place(partition);
    return Stream.concat(
            Stream.concat(
                Stream.ofNullable(place.owner()).map(Source::new), Stream.of(Source.HERE)),
            place.standbys().stream().map(Source::new))
        .limit(MOST_ASKED)
        .toList();
  }

  /** Who is asked for which partitions in this round. */
  private static Map<Source, Set<Integer>> shares(
      Set<Integer> partitions, int round, Map<Integer, List<Source>> sources) {
    Map<Source, Set<Integer>> shares = new LinkedHashMap<>();
    for (int partition : partitions) {
      List<Source> some = sources.get(partition);
      if (round == some.size()) {
        throw nobodyAnswers(partition);
      }
      shares.computeIfAbsent(some.get(round), source -> new TreeSet<>()).add(partition);
    }
    return shares;
  }

  // This instance may have copies of some partitions and none of others, and answers for all that
  // it
  // is asked about or not at all. It costs nothing to ask it about each.
  private static List<Set<Integer>> askable(Source source, Set<Integer> share) {
    return source.equals(Source.HERE) ? share.stream().map(Set::of).toList() : List.of(share);
  }

  // Each page has the first of its partitions, so the first of all of them are among those.
  private static VideoPage merged(List<VideoPage> pages, int limit) {
    List<Video> videos =
        pages.stream()
            .flatMap(page -> page.videos().stream())
            .sorted(Comparator.comparing(Video::videoId))
            .toList();
    List<Video> shown = videos.stream().limit(limit).toList();
    boolean more = videos.size() > limit || pages.stream().anyMatch(page -> page.cursor() != null);
    return new VideoPage(shown, more ? shown.get(shown.size() - 1).videoId() : null);
  }

  private static void requireNotReady(QueryException e) {
    if (!e.code().equals(QueryException.STORES_NOT_READY)) {
      throw e;
    }
  }

  private static QueryException nobodyAnswers(int partition) {
    return new QueryException(
        QueryException.STORES_NOT_READY,
        "no instance can read the stores of partition %d just now; ask again in a moment"
            .formatted(partition));
  }
}
