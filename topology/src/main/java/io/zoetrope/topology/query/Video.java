package io.zoetrope.topology.query;

import io.zoetrope.topology.ledger.StreamFacts;
import java.util.List;
import java.util.Map;

/**
 * A video and what is known of it.
 *
 * @param stream null until the video is cut
 */
public record Video(
    String videoId, List<Submission> submissions, StreamFacts stream, List<Run> runs) {

  /**
   * One producer's wish: what it calls the video, and what it said of it.
   *
   * @param submitted when, as ISO 8601 has it, in UTC; null where that isn't known yet, or wasn't
   *     kept by the release that took it
   */
  public record Submission(
      String submissionId,
      String name,
      long sizeBytes,
      Map<String, String> attributes,
      String submitted) {}
}
