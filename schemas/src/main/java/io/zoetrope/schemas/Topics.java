package io.zoetrope.schemas;

import io.zoetrope.events.BatchDetections;
import io.zoetrope.events.FrameBatch;
import io.zoetrope.events.ModelAnnounced;
import io.zoetrope.events.RenderEvent;
import io.zoetrope.events.RenderRequested;
import io.zoetrope.events.RepairRequested;
import io.zoetrope.events.RunCompleted;
import io.zoetrope.events.RunProgress;
import io.zoetrope.events.RunRequested;
import io.zoetrope.events.SegmentRequested;
import io.zoetrope.events.SplitEvent;
import io.zoetrope.events.SubmissionAccepted;
import io.zoetrope.events.VideoSubmitted;
import java.time.Duration;
import java.util.HashMap;
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

  private static final int SEGMENT_BYTES = 16 * 1024 * 1024;
  private static final int BY_VIDEO = 24;
  private static final int FRAME_BATCH_PARTITIONS = 48;
  private static final int FEW = 1;

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

  /** How much of each open run is in, so that the splitter doesn't run ahead of the detectors. */
  public static final Topic<RunProgress> PROGRESS =
      new Topic<>(
          "zoetrope.progress.v1",
          RunProgress.class,
          BY_VIDEO,
          Partitioning.BY_OWNER,
          keptLatest(Duration.ofDays(1)));

  /** Batches that didn't arrive, asked of the splitter once more. */
  public static final Topic<RepairRequested> REPAIRS =
      new Topic<>(
          "zoetrope.repairs.v1",
          RepairRequested.class,
          BY_VIDEO,
          Partitioning.BY_OWNER,
          kept(Duration.ofDays(1)));

  /** Annotated videos that are wanted. */
  public static final Topic<RenderRequested> RENDERS =
      new Topic<>(
          "zoetrope.renders.v1",
          RenderRequested.class,
          BY_VIDEO,
          Partitioning.BY_OWNER,
          compacted());

  /** The work of the assemblers. */
  public static final Topic<SegmentRequested> SEGMENTS =
      new Topic<>(
          "zoetrope.segments.v1",
          SegmentRequested.class,
          FRAME_BATCH_PARTITIONS,
          Partitioning.ROUND_FROM_OWNER,
          kept(Duration.ofDays(1)));

  /** What has become of annotated videos, and of each segment of theirs. */
  public static final Topic<RenderEvent> RENDER_EVENTS =
      new Topic<>(
          "zoetrope.render-events.v1",
          RenderEvent.class,
          BY_VIDEO,
          Partitioning.BY_OWNER,
          compacted());

  /** The models that there are detectors for. */
  public static final Topic<ModelAnnounced> MODELS =
      new Topic<>(
          "zoetrope.models.v1", ModelAnnounced.class, FEW, Partitioning.BY_OWNER, compacted());

  /** Submissions that can't be understood, or whose bytes can't be had. */
  public static final DeadLetterTopic VIDEOS_DEAD_LETTER =
      new DeadLetterTopic("zoetrope.videos.dead-letter.v1", BY_VIDEO, kept(Duration.ofDays(28)));

  /** Frame batches that no detector can read, or that killed whoever tried. */
  public static final DeadLetterTopic FRAME_BATCHES_DEAD_LETTER =
      new DeadLetterTopic("zoetrope.frame-batches.dead-letter.v1", FEW, kept(Duration.ofDays(28)));

  /** Requests of annotated videos and of their segments that no assembler can read. */
  public static final DeadLetterTopic ASSEMBLER_DEAD_LETTER =
      new DeadLetterTopic("zoetrope.assembler.dead-letter.v1", FEW, kept(Duration.ofDays(28)));

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
          PROGRESS,
          REPAIRS,
          RENDERS,
          SEGMENTS,
          RENDER_EVENTS,
          MODELS,
          VIDEOS_DEAD_LETTER,
          FRAME_BATCHES_DEAD_LETTER,
          ASSEMBLER_DEAD_LETTER,
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

  private static Map<String, String> keptLatest(Duration retention) {
    Map<String, String> config = new HashMap<>(kept(retention));
    config.put(
        TopicConfig.CLEANUP_POLICY_CONFIG,
        TopicConfig.CLEANUP_POLICY_COMPACT + "," + TopicConfig.CLEANUP_POLICY_DELETE);
    // The segment that is written to is never compacted, and who begins to read reads all of it.
    config.put(TopicConfig.SEGMENT_BYTES_CONFIG, Integer.toString(SEGMENT_BYTES));
    return Map.copyOf(config);
  }

  private static Map<String, String> compacted() {
    return Map.of(
        TopicConfig.CLEANUP_POLICY_CONFIG,
        TopicConfig.CLEANUP_POLICY_COMPACT,
        TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
        Integer.toString(MAX_RECORD_BYTES));
  }
}
