package io.zoetrope.cli.client;

import java.util.List;

/**
 * An annotated video as the HTTP API tells of it.
 *
 * @param result null unless it is complete
 * @param failure why there won't be a video, else null
 */
public record Render(
    String videoId,
    String renderId,
    String runId,
    State state,
    int revision,
    Segments segments,
    FailedFrames failedFrames,
    Result result,
    Failure failure) {

  /** How far it is; {@link #COMPLETE} and {@link #FAILED} are ends. */
  public enum State {
    WAITING,
    RUNNING,
    COMPLETE,
    FAILED
  }

  /**
   * The pieces that it is made of.
   *
   * @param total null while unknown
   * @param frames pictures in those that are there
   */
  public record Segments(Integer total, int rendered, int ready, long readyMicros, long frames) {}

  /** Frames that are marked instead of annotated; the first thousand ranges of them. */
  public record FailedFrames(long count, List<FailedRange> ranges) {}

  /** Neighbouring frames, both ends included, and the code of why they are marked. */
  public record FailedRange(long first, long last, String code) {}

  /**
   * The finished video.
   *
   * @param notes what isn't as in the original, in sentences
   */
  public record Result(
      long frames,
      long durationMicros,
      int width,
      int height,
      String sha256,
      long sizeBytes,
      List<String> notes) {}

  /** A stable code and a sentence. */
  public record Failure(String code, String message) {}
}
