package io.zoetrope.cli.client;

import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * A run as the HTTP API tells of it. Times are microseconds from the first frame.
 *
 * @param options null from a service of an earlier release
 * @param packets null until the video is cut
 */
public record Run(
    String videoId,
    String runId,
    String modelId,
    Status status,
    Options options,
    Frames frames,
    Batches batches,
    Map<String, Label> labels,
    List<Missing> missing,
    Rejection rejection,
    String readError,
    Packets packets) {

  public Run {
    labels = labels == null ? Map.of() : labels;
    missing = missing == null ? List.of() : List.copyOf(missing);
  }

  /** How far a run is; every status but {@link #RUNNING} is an end. */
  public enum Status {
    RUNNING,
    COMPLETE,
    INCOMPLETE,
    REJECTED
  }

  /**
   * What was asked for.
   *
   * @param stream null for the best one
   * @param maxFps null for every frame
   * @param labels those that count; none for every one but the dropped
   * @param minWidth of a box in pixels, likewise {@code minHeight}
   * @param region corners of a polygon, x and y; none for the whole picture
   */
  public record Options(
      float confidence,
      float iou,
      Integer stream,
      Double maxFps,
      boolean keyframesOnly,
      List<String> labels,
      List<String> dropLabels,
      Map<String, Float> labelConfidence,
      float minWidth,
      float minHeight,
      List<List<Float>> region) {
    public Options {
      labels = labels == null ? List.of() : labels;
      dropLabels = dropLabels == null ? List.of() : dropLabels;
      labelConfidence = labelConfidence == null ? Map.of() : labelConfidence;
      region = region == null ? List.of() : region;
    }
  }

  /** The ledger in frames; {@code expected} and {@code estimated} are null while unknown. */
  public record Frames(
      Long expected, Long estimated, long processed, long damaged, long failed, long hidden) {
    /** How many there will be, as well as it is known by now. */
    public OptionalLong total() {
      if (expected != null) {
        return OptionalLong.of(expected);
      }
      return estimated != null ? OptionalLong.of(estimated) : OptionalLong.empty();
    }

    /** How many have come to their end, whichever it was. */
    public long settled() {
      return processed + failed + hidden;
    }
  }

  /** The ledger in batches; {@code expected} is null while unknown. */
  public record Batches(Long expected, long processed, long failed) {}

  /** What was seen of one class of objects. */
  public record Label(
      long detections, long frames, float maxConfidence, long firstMicros, long lastMicros) {}

  /**
   * Frames that were never processed, and why.
   *
   * @param firstMicros of the first of them; null where unknown
   */
  public record Missing(
      long firstFrame, long lastFrame, Long firstMicros, String code, String message) {}

  /** Where every packet of the stream went; {@code read} is the sum of the others. */
  public record Packets(
      long read,
      long expected,
      long unsampled,
      long secondFields,
      long discarded,
      long invisible,
      long empty) {}

  /** Why a video can't be used at all. */
  public record Rejection(String code, String message) {}
}
