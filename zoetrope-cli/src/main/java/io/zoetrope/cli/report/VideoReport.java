package io.zoetrope.cli.report;

import io.zoetrope.cli.client.Run;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * How it ended for one video of the command line.
 *
 * @param file as it was named there
 * @param run its run at the end; empty where none was started
 * @param detectionsFile empty where none was written
 * @param failure why there is no result, where there is none
 * @param elapsed from the start of its upload to its last result
 */
public record VideoReport(
    Path file,
    Optional<Run> run,
    Optional<Path> detectionsFile,
    Optional<Failure> failure,
    Duration elapsed) {

  /** A stable code and a sentence. */
  public record Failure(String code, String message) {}

  /** A video that didn't get as far as a run. */
  public static VideoReport failed(Path file, String code, String message) {
    return new VideoReport(
        file,
        Optional.empty(),
        Optional.empty(),
        Optional.of(new Failure(code, message)),
        Duration.ZERO);
  }

  public Run.Status status() {
    return run.map(Run::status).orElse(Run.Status.REJECTED);
  }

  /** 0 for a complete run, 1 where frames are missing, 2 where the input is of no use. */
  public int exitStatus() {
    return switch (status()) {
      case COMPLETE -> 0;
      case RUNNING, INCOMPLETE -> 1;
      case REJECTED -> 2;
    };
  }
}
