package io.zoetrope.topology;

import io.zoetrope.events.BatchDetections;
import io.zoetrope.events.SubmissionAccepted;
import io.zoetrope.schemas.Keys;
import io.zoetrope.schemas.Topics;
import io.zoetrope.topology.ledger.MissingFrames;
import io.zoetrope.topology.ledger.RunLedger;
import io.zoetrope.topology.ledger.Split;
import io.zoetrope.topology.ledger.SplitFacts;
import io.zoetrope.topology.ledger.Standing;
import io.zoetrope.topology.ledger.StreamFacts;
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
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;

/** Answers from the stores of partitions, wherever {@link StorePlaces} has them. */
final class StoreVideoQueries implements VideoQueries {
  private static final Pattern VIDEO_ID = Pattern.compile("[0-9a-f]{32}");

  /** In short, a run is without what only a walk over its batches can tell. */
  private enum Detail {
    ALL,
    SHORT
  }

  private final StorePlaces places;

  StoreVideoQueries(StorePlaces places) {
    this.places = places;
  }

  @Override
  public Answer<VideoPage> videos(Set<Integer> partitions, int limit, String cursor) {
    if (cursor != null && !VIDEO_ID.matcher(cursor).matches()) {
      throw new QueryException(QueryException.CURSOR_INVALID, "no page ended with " + cursor);
    }
    Answer<List<List<String>>> found =
        askAll(partitions, stores -> idsAfter(cursor, limit + 1, stores));
    TreeSet<String> ids = new TreeSet<>();
    found.value().forEach(ids::addAll);
    List<String> shown = ids.stream().limit(limit).toList();
    Answer<List<Video>> videos = inShort(shown);
    String next = ids.size() > limit ? shown.get(limit - 1) : null;
    return new Answer<>(
        new VideoPage(videos.value(), next), Math.max(found.behind(), videos.behind()));
  }

  @Override
  public Answer<RunKeys> runKeys(Set<Integer> partitions, int limit, String after) {
    return askAll(partitions, stores -> runsAfter(after, limit, stores))
        .map(
            keys ->
                new RunKeys(keys.stream().flatMap(List::stream).sorted().limit(limit).toList()));
  }

  @Override
  public Answer<Optional<Video>> video(String videoId) {
    return find(videoId, stores -> video(videoId, Detail.ALL, stores));
  }

  @Override
  public Answer<Optional<Run>> run(String videoId, String runId) {
    return find(
        videoId,
        stores ->
            requested(Keys.run(videoId, runId), stores)
                .map(ledger -> run(videoId, runId, ledger, Detail.ALL, stores)));
  }

  @Override
  public Answer<Optional<String>> location(String videoId) {
    return find(
        videoId,
        stores -> {
          try (Stream<SubmissionAccepted> all =
              KeyRange.under(videoId).stream(stores.submissions())) {
            return all.findFirst().map(SubmissionAccepted::getLocation);
          }
        });
  }

  @Override
  public Answer<Optional<DetectionPage>> detections(DetectionQuery query) {
    return find(
        query.videoId(),
        stores ->
            requested(Keys.run(query.videoId(), query.runId()), stores)
                .map(ledger -> DetectionScan.page(query, ledger.modelId(), stores.detections())));
  }

  @Override
  public Answer<Optional<RunDigest>> digest(String videoId, String runId) {
    String key = Keys.run(videoId, runId);
    return find(
        videoId,
        stores -> requested(key, stores).map(ledger -> RunDigests.of(key, ledger, stores)));
  }

  @Override
  public Answer<Renders> renders(String videoId) {
    return places.ask(
        Topics.RENDERS.partition(videoId), stores -> new Renders(RenderScan.all(videoId, stores)));
  }

  @Override
  public Answer<Optional<Render>> render(String videoId, String renderId) {
    return find(videoId, stores -> RenderScan.one(videoId, renderId, stores));
  }

  @Override
  public Answer<Optional<RenderSegments>> segments(String videoId, String renderId, int from) {
    return find(videoId, stores -> RenderScan.segments(videoId, renderId, from, stores));
  }

  private <T> Answer<Optional<T>> find(
      String videoId, Function<VideoStores, Optional<T>> question) {
    Answer<Optional<T>> answer = places.ask(Topics.RUNS.partition(videoId), question);
    if (answer.stale() && answer.value().isEmpty()) {
      // It may be among what the copy lacks.
      throw new QueryException(
          QueryException.STORES_NOT_READY,
          "of video %s there is only a copy of the stores, which doesn't know it and is behind; ask again in a moment"
              .formatted(videoId));
    }
    return answer;
  }

  private <T> Answer<List<T>> askAll(Set<Integer> partitions, Function<VideoStores, T> question) {
    return Answer.all(
        partitions.stream().map(partition -> places.ask(partition, question)).toList());
  }

  /** Videos in the order of {@code ids}. */
  private Answer<List<Video>> inShort(List<String> ids) {
    Map<Integer, List<String>> byPartition =
        ids.stream().collect(Collectors.groupingBy(Topics.RUNS::partition));
    Answer<List<List<Video>>> parts =
        Answer.all(
            byPartition.entrySet().stream()
                .map(part -> places.ask(part.getKey(), s -> inShort(part.getValue(), s)))
                .toList());
    return parts.map(
        videos ->
            videos.stream()
                .flatMap(List::stream)
                .sorted(Comparator.comparing(Video::videoId))
                .toList());
  }

  private static List<Video> inShort(List<String> ids, VideoStores stores) {
    return ids.stream()
        .map(id -> video(id, Detail.SHORT, stores))
        .flatMap(Optional::stream)
        .toList();
  }

  private static Optional<Video> video(String videoId, Detail detail, VideoStores stores) {
    List<Video.Submission> submissions;
    try (Stream<SubmissionAccepted> all = KeyRange.under(videoId).stream(stores.submissions())) {
      submissions = all.map(StoreVideoQueries::submission).toList();
    }
    List<Run> runs = runs(videoId, detail, stores);
    if (submissions.isEmpty() && runs.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(new Video(videoId, submissions, stream(videoId, stores), runs));
  }

  private static List<Run> runs(String videoId, Detail detail, VideoStores stores) {
    List<Run> runs = new ArrayList<>();
    KeyRange range = KeyRange.under(videoId);
    try (KeyValueIterator<String, RunLedger> ledgers =
        stores.runs().range(range.from(), range.to())) {
      while (ledgers.hasNext()) {
        KeyValue<String, RunLedger> entry = ledgers.next();
        if (entry.value.requested()) {
          String runId = entry.key.substring(videoId.length() + 1);
          runs.add(run(videoId, runId, entry.value, detail, stores));
        }
      }
    }
    return runs;
  }

  private static Run run(
      String videoId, String runId, RunLedger ledger, Detail detail, VideoStores stores) {
    Split split = stores.split(Keys.split(videoId, ledger.splitId()));
    Standing standing = Standing.of(runId, ledger, split);
    if (detail == Detail.SHORT) {
      return Run.of(videoId, runId, ledger, standing, List.of()).inShort();
    }
    List<MissingFrames> missing = List.of();
    if (standing.frames().failed() > 0) {
      try (Stream<BatchDetections> batches =
          KeyRange.under(Keys.run(videoId, runId)).stream(stores.detections())) {
        missing = MissingFrames.in(batches.iterator(), standing);
      }
    }
    return Run.of(videoId, runId, ledger, standing, missing);
  }

  private static StreamFacts stream(String videoId, VideoStores stores) {
    try (Stream<Split> splits = KeyRange.under(videoId).stream(stores.splits())) {
      return splits
          .map(Split::facts)
          .filter(Objects::nonNull)
          .map(SplitFacts::stream)
          .min(Comparator.comparingInt(StreamFacts::index))
          .orElse(null);
    }
  }

  private static Optional<RunLedger> requested(String runKey, VideoStores stores) {
    return Optional.ofNullable(stores.runs().get(runKey)).filter(RunLedger::requested);
  }

  private static List<String> idsAfter(String cursor, int limit, VideoStores stores) {
    String from = cursor == null ? null : KeyRange.under(cursor).to();
    try (KeyValueIterator<String, SubmissionAccepted> entries =
        stores.submissions().range(from, null)) {
      List<String> ids = new ArrayList<>();
      while (entries.hasNext() && ids.size() < limit) {
        String id = Keys.owner(entries.next().key);
        if (ids.isEmpty() || !ids.get(ids.size() - 1).equals(id)) {
          ids.add(id);
        }
      }
      return ids;
    }
  }

  private static List<String> runsAfter(String after, int limit, VideoStores stores) {
    List<String> keys = new ArrayList<>();
    try (KeyValueIterator<String, RunLedger> ledgers = stores.runs().range(after, null)) {
      while (ledgers.hasNext() && keys.size() < limit) {
        KeyValue<String, RunLedger> entry = ledgers.next();
        if (entry.value.requested() && !entry.key.equals(after)) {
          keys.add(entry.key);
        }
      }
    }
    return keys;
  }

  private static Video.Submission submission(SubmissionAccepted accepted) {
    Long submitted = accepted.getSubmittedMillis();
    return new Video.Submission(
        accepted.getSubmissionId(),
        accepted.getName(),
        accepted.getSizeBytes(),
        accepted.getAttributes(),
        submitted == null ? null : Instant.ofEpochMilli(submitted).toString());
  }
}
