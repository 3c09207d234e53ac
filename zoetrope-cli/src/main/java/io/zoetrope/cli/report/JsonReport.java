package io.zoetrope.cli.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.zoetrope.cli.client.Run;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The document that {@code --json} prints: one object with a list of videos, in the order of the
 * command line.
 */
public final class JsonReport {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private JsonReport() {}

  /** The document in one line, without its line feed. */
  public static String render(List<VideoReport> videos) {
    try {
      return JSON.writeValueAsString(new Document(videos.stream().map(JsonReport::video).toList()));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private record Document(List<Video> videos) {}

  /** What there is nothing to say about is left out. */
  @JsonInclude(Include.NON_NULL)
  @JsonPropertyOrder({
    "file",
    "videoId",
    "runId",
    "modelId",
    "status",
    "options",
    "frames",
    "batches",
    "packets",
    "labels",
    "missing",
    "readError",
    "error",
    "detectionsFile",
    "annotatedFile",
    "annotationError",
    "seconds"
  })
  private record Video(
      String file,
      String videoId,
      String runId,
      String modelId,
      Run.Status status,
      Run.Options options,
      Frames frames,
      Run.Batches batches,
      Run.Packets packets,
      Map<String, Run.Label> labels,
      List<Run.Missing> missing,
      String readError,
      VideoReport.Failure error,
      String detectionsFile,
      String annotatedFile,
      VideoReport.Failure annotationError,
      double seconds) {}

  private record Frames(Long expected, long processed, long damaged, long failed, long hidden) {}

  private static Video video(VideoReport report) {
    Run run = report.run().orElse(null);
    boolean ledger = run != null && run.status() != Run.Status.REJECTED;
    return new Video(
        report.file().toString(),
        run == null ? null : run.videoId(),
        run == null ? null : run.runId(),
        run == null ? null : run.modelId(),
        report.status(),
        run == null ? null : run.options(),
        ledger ? frames(run.frames()) : null,
        ledger ? run.batches() : null,
        ledger ? run.packets() : null,
        ledger ? new TreeMap<>(run.labels()) : null,
        run == null || run.missing().isEmpty() ? null : run.missing(),
        run == null ? null : run.readError(),
        report.failure().orElse(null),
        report.detectionsFile().map(Path::toString).orElse(null),
        report.annotatedFile().map(Path::toString).orElse(null),
        report.annotationFailure().orElse(null),
        Math.round(report.elapsed().toMillis() / 10.0) / 100.0);
  }

  private static Frames frames(Run.Frames frames) {
    return new Frames(
        frames.expected(), frames.processed(), frames.damaged(), frames.failed(), frames.hidden());
  }
}
