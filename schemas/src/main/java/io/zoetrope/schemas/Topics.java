package io.zoetrope.schemas;

import io.zoetrope.events.BatchDetections;
import io.zoetrope.events.FrameBatch;
import io.zoetrope.events.RunCompleted;
import io.zoetrope.events.RunRequested;
import io.zoetrope.events.SplitEvent;
import io.zoetrope.events.SubmissionAccepted;
import io.zoetrope.events.VideoSubmitted;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.TopicConfig;

/** Every topic of an installation. */
public final class Topics {
  /** Bytes of a record that topics and clients take, with room above what is ever published. */
  public static final int MAX_RECORD_BYTES = 10 * 1024 * 1024;

  /**
   * Bytes that an event has at most: on the wire, with its key and its framing, never more than 8
   * MiB. What can't be made so small travels by reference.
   */
  public static final int MAX_EVENT_BYTES = 8 * 1024 * 1024 - 1024;

  private static final int BY_VIDEO = 24;
  private static final int FRAME_BATCH_PARTITIONS = 48;

  /** What producers wish; the only topic that anyone may write to, with any partitioner. */
  public static final Topic<VideoSubmitted> VIDEOS =
      new Topic<>(
          "zoetrope.videos.v1",
          VideoSubmitted.class,
          BY_VIDEO,
          Partitioning.BY_OWNER,
          kept(Duration.ofDays(7)));

  /** Names and attributes of videos, by submission. */
  public static final Topic<SubmissionAccepted> SUBMISSIONS =
      new Topic<>(
          "zoetrope.submissions.v1",
          SubmissionAccepted.class,
          BY_VIDEO,
          Partitioning.BY_OWNER,
          compacted());

  /** Runs, with every default resolved. */
  public static final Topic<RunRequested> RUNS =
      new Topic<>(
          "zoetrope.runs.v1", RunRequested.class, BY_VIDEO, Partitioning.BY_OWNER, compacted());

  /** How far the cutting of each split has come. */
  public static final Topic<SplitEvent> SPLITS =
      new Topic<>(
          "zoetrope.splits.v1", SplitEvent.class, BY_VIDEO, Partitioning.BY_OWNER, compacted());

  /** The work of the detectors. */
  public static final Topic<FrameBatch> FRAME_BATCHES =
      new Topic<>(
          "zoetrope.frame-batches.v1",
          FrameBatch.class,
          FRAME_BATCH_PARTITIONS,
          Partitioning.ROUND_FROM_OWNER,
          kept(Duration.ofDays(1)));

  /** What was found: the log from which every store can be rebuilt. */
  public static final Topic<BatchDetections> DETECTIONS =
      new Topic<>(
          "zoetrope.detections.v1",
          BatchDetections.class,
          BY_VIDEO,
          Partitioning.BY_OWNER,
          compacted());

  /** How runs ended. */
  public static final Topic<RunCompleted> RESULTS =
      new Topic<>(
          "zoetrope.results.v1", RunCompleted.class, BY_VIDEO, Partitioning.BY_OWNER, compacted());

  /** Submissions that can't be understood, or whose bytes can't be had. */
  public static final DeadLetterTopic VIDEOS_DEAD_LETTER =
      new DeadLetterTopic("zoetrope.videos.dead-letter.v1", BY_VIDEO, kept(Duration.ofDays(28)));

  /** Records of the topology's sources that it can't read or that contradict themselves. */
  public static final DeadLetterTopic TOPOLOGY_DEAD_LETTER =
      new DeadLetterTopic("zoetrope.topology.dead-letter.v1", BY_VIDEO, kept(Duration.ofDays(28)));

  private static final List<DeclaredTopic> ALL =
      List.of(
          VIDEOS,
          SUBMISSIONS,
          RUNS,
          SPLITS,
          FRAME_BATCHES,
          DETECTIONS,
          RESULTS,
          VIDEOS_DEAD_LETTER,
          TOPOLOGY_DEAD_LETTER);

  private Topics() {}

  public static List<DeclaredTopic> all() {
    return ALL;
  }

  private static Map<String, String> kept(Duration retention) {
    return Map.of(
        TopicConfig.CLEANUP_POLICY_CONFIG,
        TopicConfig.CLEANUP_POLICY_DELETE,
        TopicConfig.RETENTION_MS_CONFIG,
        Long.toString(retention.toMillis()),
        TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
        Integer.toString(MAX_RECORD_BYTES));
  }

  private static Map<String, String> compacted() {
    return Map.of(
        TopicConfig.CLEANUP_POLICY_CONFIG,
        TopicConfig.CLEANUP_POLICY_COMPACT,
        TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
        Integer.toString(MAX_RECORD_BYTES));
  }
}
