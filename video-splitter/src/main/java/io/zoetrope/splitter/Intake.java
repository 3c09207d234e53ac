package io.zoetrope.splitter;

import io.zoetrope.events.RenderRequested;
import io.zoetrope.events.RunRequested;
import io.zoetrope.events.SubmissionAccepted;
import io.zoetrope.events.VideoSubmitted;
import io.zoetrope.events.WantedRun;
import io.zoetrope.isolation.Pulse;
import io.zoetrope.schemas.EventException;
import io.zoetrope.schemas.Groups;
import io.zoetrope.schemas.Identities;
import io.zoetrope.schemas.Keys;
import io.zoetrope.schemas.RenderWishes;
import io.zoetrope.schemas.RunDefaults;
import io.zoetrope.schemas.Topics;
import io.zoetrope.schemas.serdes.EventSerdes;
import io.zoetrope.store.MediaStore;
import io.zoetrope.store.StoredVideo;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Deserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Submissions → accepted submissions and runs. Validates what anyone may have written, finds and
 * hashes the bytes, fills in the defaults, and re-keys by video. A submission that can't be used
 * goes to the dead-letter topic with the reason.
 */
final class Intake {
  private static final Logger LOG = LoggerFactory.getLogger(Intake.class);
  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration PUT_OFF = Duration.ofSeconds(1);

  /** Hashing a large video takes a while, and is done between two polls. */
  static final Duration LONGEST_HASH = Duration.ofHours(1);

  private final SplitterSettings settings;
  private final EventSerdes serdes;
  private final MediaStore store;
  private final Deserializer<VideoSubmitted> deserializer;
  private String lastReason = "";

  private record Accepted(
      SubmissionAccepted submission, List<RunRequested> runs, List<RenderRequested> renders) {}

  Intake(SplitterSettings settings, EventSerdes serdes, MediaStore store) {
    this.settings = settings;
    this.serdes = serdes;
    this.store = store;
    this.deserializer = serdes.deserializer(Topics.VIDEOS);
  }

  /**
   * @param pulse beaten with every submission
   */
  void run(BooleanSupplier running, Pulse pulse) {
    Map<String, Object> oneLongRecordAtATime =
        Map.of(
            ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
            1,
            ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG,
            Math.toIntExact(LONGEST_HASH.toMillis()));
    try (var transactions =
        new EventTransactions(settings, serdes, Groups.INTAKE, oneLongRecordAtATime)) {
      transactions.consumer().subscribe(List.of(Topics.VIDEOS.name()));
      while (running.getAsBoolean()) {
        pulse.beat();
        for (ConsumerRecord<byte[], byte[]> record : transactions.consumer().poll(POLL)) {
          take(transactions, record);
        }
      }
    }
  }

  private void take(EventTransactions transactions, ConsumerRecord<byte[], byte[]> record) {
    Accepted accepted = null;
    Rejection rejection = null;
    try {
      accepted =
          accept(deserializer.deserialize(record.topic(), record.value()), record.timestamp());
    } catch (RuntimeException e) {
      if (Rejection.isPassing(e)) {
        putOff(transactions.consumer(), record, e);
        return;
      }
      rejection = Rejection.of(e);
      LOG.warn("A submission was refused: {}: {}", rejection.code(), rejection.message());
    }
    transactions.begin();
    if (accepted != null) {
      publish(transactions, accepted);
    } else {
      transactions.deadLetter(Topics.VIDEOS_DEAD_LETTER, record, rejection);
    }
    transactions.settle(
        new TopicPartition(record.topic(), record.partition()),
        new OffsetAndMetadata(record.offset() + 1));
    transactions.commit();
  }

  /** The submission is read again a moment later; in between, others are. */
  private void putOff(
      Consumer<?, ?> consumer, ConsumerRecord<byte[], byte[]> record, RuntimeException why) {
    if (!why.toString().equals(lastReason)) {
      LOG.warn("Submissions wait: {}", why.getMessage());
      lastReason = why.toString();
    }
    consumer.seek(new TopicPartition(record.topic(), record.partition()), record.offset());
    LockSupport.parkNanos(PUT_OFF.toNanos());
  }

  private Accepted accept(VideoSubmitted submitted, long millis) {
    if (submitted == null) {
      throw new EventException("RECORD_UNREADABLE", "a submission has no value");
    }
    StoredVideo video = store.describe(location(submitted));
    String expected = submitted.getSha256();
    if (expected != null && !expected.toLowerCase(Locale.ROOT).equals(video.sha256())) {
      throw new EventException(
          "VIDEO_HASH_MISMATCH",
          "the bytes at %s have the SHA-256 %s, not %s"
              .formatted(video.location(), video.sha256(), expected));
    }
    String videoId = Identities.videoId(video.sha256());
    List<RunRequested> runs =
        new ShadowRuns(settings).with(videoId, video.location().toString(), submitted.getRuns());
    return new Accepted(
        new SubmissionAccepted(
            submitted.getSubmissionId(),
            videoId,
            submitted.getName(),
            video.location().toString(),
            video.sizeBytes(),
            submitted.getAttributes(),
            runs.stream().map(RunRequested::getRunId).toList(),
            millis),
        runs,
        renders(videoId, video.location().toString(), submitted.getRuns()));
  }

  // What a shadow model finds is looked at by other means.
  private List<RenderRequested> renders(String videoId, String location, List<WantedRun> wanted) {
    RunDefaults defaults = settings.defaults();
    RenderWishes wishes = new RenderWishes(defaults.models());
    return wanted.stream()
        .filter(run -> run.getRender() != null)
        .map(run -> wishes.request(defaults.resolve(videoId, location, run), run.getRender()))
        .distinct()
        .toList();
  }

  private static URI location(VideoSubmitted submitted) {
    try {
      return URI.create(submitted.getLocation());
    } catch (IllegalArgumentException e) {
      throw new EventException(
          "LOCATION_REFUSED", "the location %s is no URI".formatted(submitted.getLocation()), e);
    }
  }

  private static void publish(EventTransactions transactions, Accepted accepted) {
    SubmissionAccepted submission = accepted.submission();
    transactions.send(
        Topics.SUBMISSIONS,
        Keys.submission(submission.getVideoId(), submission.getSubmissionId()),
        submission);
    for (RunRequested run : accepted.runs()) {
      transactions.send(Topics.RUNS, Keys.run(run.getVideoId(), run.getRunId()), run);
    }
    for (RenderRequested render : accepted.renders()) {
      transactions.send(
          Topics.RENDERS, Keys.render(render.getVideoId(), render.getRenderId()), render);
    }
  }
}
