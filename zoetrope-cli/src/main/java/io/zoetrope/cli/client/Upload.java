package io.zoetrope.cli.client;

import java.util.List;

/** What the service answers to an upload that it has taken. */
public record Upload(String videoId, String submissionId, List<RequestedRun> runs) {
  /**
   * A run that was asked for with the upload.
   *
   * @param renderId of its annotated video; null where none was asked for
   */
  public record RequestedRun(String runId, String modelId, String renderId) {}
}
