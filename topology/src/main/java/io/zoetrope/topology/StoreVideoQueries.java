package io.zoetrope.topology;

import io.zoetrope.events.BatchDetections;
import io.zoetrope.events.SubmissionAccepted;
import io.zoetrope.schemas.Keys;
import io.zoetrope.topology.ledger.MissingFrames;
import io.zoetrope.topology.ledger.RunLedger;
import io.zoetrope.topology.ledger.Split;
import io.zoetrope.topology.ledger.SplitFacts;
import io.zoetrope.topology.ledger.Standing;
import io.zoetrope.topology.ledger.StreamFacts;
import io.zoetrope.topology.query.DetectionPage;
import io.zoetrope.topology.query.DetectionQuery;
import io.zoetrope.topology.query.QueryException;
import io.zoetrope.topology.query.Run;
import io.zoetrope.topology.query.RunDigest;
import io.zoetrope.topology.query.Video;
import io.zoetrope.topology.query.VideoPage;
import io.zoetrope.topology.query.VideoQueries;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;

/** Answers from the topology's stores. */
final class StoreVideoQueries implements VideoQueries {
  private static final Pattern VIDEO_ID = Pattern.compile("[0-9a-f]{32}");

  private final StorePlaces places;

  StoreVideoQueries(StorePlaces places) {
    this.places = places;
  }

  @Override
  public VideoPage videos(int limit, String cursor) {
    if (cursor != null && !VIDEO_ID.matcher(cursor).matches()) {
      throw new QueryException(QueryException.CURSOR_INVALID, "no page ended with " + cursor);
    }
    TreeSet<String> ids = new TreeSet<>();
    places.askAll(stores -> idsAfter(cursor, limit + 1, stores)).forEach(ids::addAll);
    List<Video> videos =
        ids.stream()
            .limit(limit)
            .map(id -> places.ask(id, stores -> video(id, stores)))
            .flatMap(Optional::stream)
            .map(StoreVideoQueries::inShort)
            .toList();
    String next = ids.size() > limit ? List.copyOf(ids).get(limit - 1) : null;
    return new VideoPage(videos, next);
  }

  @Override
  public Optional<Video> video(String videoId) {
    return places.ask(videoId, stores -> video(videoId, stores));
  }

  @Override
  public Optional<Run> run(String videoId, String runId) {
    return places.ask(
        videoId,
        stores ->
            requested(Keys.run(videoId, runId), stores)
                .map(ledger -> run(videoId, runId, ledger, stores)));
  }

  @Override
  public Optional<String> location(String videoId) {
    return places.ask(
        videoId,
        stores -> {
          try (Stream<SubmissionAccepted> all =
              KeyRange.under(videoId).stream(stores.submissions())) {
            return all.findFirst().map(SubmissionAccepted::getLocation);
          }
        });
  }

  @Override
  public Optional<DetectionPage> detections(DetectionQuery query) {
    return places.ask(
        query.videoId(),
        stores ->
            requested(Keys.run(query.videoId(), query.runId()), stores)
                .map(ledger -> DetectionScan.page(query, ledger.modelId(), stores.detections())));
  }

  @Override
  public List<String> runKeys(int limit, String after) {
    return places.askAll(stores -> runKeysAfter(after, limit, stores)).stream()
        .flatMap(List::stream)
        .sorted()
        .limit(limit)
        .toList();
  }

  @Override
  public Optional<RunDigest> digest(String videoId, String runId) {
    String key = Keys.run(videoId, runId);
    return places.ask(
        videoId,
        stores -> requested(key, stores).map(ledger -> RunDigests.of(key, ledger, stores)));
  }

  private static Optional<Video> video(String videoId, VideoStores stores) {
    List<Video.Submission> submissions;
    try (Stream<SubmissionAccepted> all = KeyRange.under(videoId).stream(stores.submissions())) {
      submissions = all.map(StoreVideoQueries::submission).toList();
    }
    List<Run> runs = runs(videoId, stores);
    if (submissions.isEmpty() && runs.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(new Video(videoId, submissions, stream(videoId, stores), runs));
  }

  private static List<Run> runs(String videoId, VideoStores stores) {
    List<Run> runs = new ArrayList<>();
    KeyRange range = KeyRange.under(videoId);
    try (KeyValueIterator<String, RunLedger> ledgers =
        stores.runs().range(range.from(), range.to())) {
      while (ledgers.hasNext()) {
        KeyValue<String, RunLedger> entry = ledgers.next();
        if (entry.value.requested()) {
          String runId = entry.key.substring(videoId.length() + 1);
          runs.add(run(videoId, runId, entry.value, stores));
        }
      }
    }
    return runs;
  }

  private static Run run(String videoId, String runId, RunLedger ledger, VideoStores stores) {
    Split split = stores.split(Keys.split(videoId, ledger.splitId()));
    Standing standing = Standing.of(runId, ledger, split);
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

  private static List<String> runKeysAfter(String after, int limit, VideoStores stores) {
    try (KeyValueIterator<String, RunLedger> entries = stores.runs().range(after, null)) {
      List<String> keys = new ArrayList<>();
      while (entries.hasNext() && keys.size() < limit) {
        KeyValue<String, RunLedger> entry = entries.next();
        if (entry.value.requested() && !entry.key.equals(after)) {
          keys.add(entry.key);
        }
      }
      return keys;
    }
  }

  private static Video.Submission submission(SubmissionAccepted accepted) {
    return new Video.Submission(
        accepted.getSubmissionId(),
        accepted.getName(),
        accepted.getSizeBytes(),
        accepted.getAttributes());
  }

  private static Video inShort(Video video) {
    return new Video(
        video.videoId(),
        video.submissions(),
        video.stream(),
        video.runs().stream().map(Run::inShort).toList());
  }
}
