package io.zoetrope.schemas;

/**
 * Record keys: plain UTF-8, parts joined by a slash. A sequence is written with eight digits, so
 * that keys sort as their batches do.
 */
public final class Keys {
  private static final char SEPARATOR = '/';

  private Keys() {}

  /** {@code videoId/submissionId}. */
  public static String submission(String videoId, String submissionId) {
    return videoId + SEPARATOR + submissionId;
  }

  /** {@code videoId/runId}. */
  public static String run(String videoId, String runId) {
    return videoId + SEPARATOR + runId;
  }

  /** {@code videoId/splitId}. */
  public static String split(String videoId, String splitId) {
    return videoId + SEPARATOR + splitId;
  }

  /** {@code splitId/sequence}. */
  public static String frameBatch(String splitId, int sequence) {
    return splitId + SEPARATOR + sequence(sequence);
  }

  /** {@code videoId/runId/sequence}. */
  public static String detections(String videoId, String runId, int sequence) {
    return run(videoId, runId) + SEPARATOR + sequence(sequence);
  }

  /** {@code videoId/renderId}. */
  public static String render(String videoId, String renderId) {
    return videoId + SEPARATOR + renderId;
  }

  /** {@code videoId/renderId/sequence}, of a segment that is rendered. */
  public static String renderSegment(String videoId, String renderId, int sequence) {
    return render(videoId, renderId) + SEPARATOR + sequence(sequence);
  }

  /** {@code renderId/sequence}, of a segment that is asked for. */
  public static String segment(String renderId, int sequence) {
    return renderId + SEPARATOR + sequence(sequence);
  }

  /** What stands before the first slash: the id that a record is partitioned by. */
  public static String owner(String key) {
    int end = key.indexOf(SEPARATOR);
    return end < 0 ? key : key.substring(0, end);
  }

  /**
   * The sequence that a frame batch's or a detection's key ends with.
   *
   * @throws IllegalArgumentException where it ends with none
   */
  public static int sequence(String key) {
    String digits = key.substring(key.lastIndexOf(SEPARATOR) + 1);
    try {
      return Integer.parseInt(digits);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("the key " + key + " ends with no sequence", e);
    }
  }

  private static String sequence(int sequence) {
    return "%08d".formatted(sequence);
  }
}
