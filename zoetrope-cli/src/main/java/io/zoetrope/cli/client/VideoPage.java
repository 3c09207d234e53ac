package io.zoetrope.cli.client;

import java.util.List;

/**
 * Some of the videos that a service has, in the order of their ids.
 *
 * @param cursor asks for the next page; null on the last one
 */
public record VideoPage(List<Video> videos, String cursor) {
  /** A video and who submitted it under which name. */
  public record Video(String videoId, List<Submission> submissions) {
    public Video {
      submissions = submissions == null ? List.of() : List.copyOf(submissions);
    }

    /** What people call it; its id where nobody has said. */
    public String name() {
      return submissions.isEmpty() ? videoId : submissions.get(0).name();
    }
  }

  /**
   * One submission.
   *
   * @param submitted when, as ISO 8601 has it; null where a service of an earlier release took it
   */
  public record Submission(String name, String submitted) {}
}
