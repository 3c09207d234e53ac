package io.zoetrope.cli.client;

import java.util.List;

/** What the service answers to an upload that it has taken. */
public record Upload(String videoId, String submissionId, List<RequestedRun> runs) {
  /** A run that was asked for with the upload. */
  public record RequestedRun(String runId, String modelId) {}
}
