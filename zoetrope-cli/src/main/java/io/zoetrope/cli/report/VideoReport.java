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
 * @param annotatedFile empty where none was written
 * @param annotationFailure why there is none although one was wanted
 * @param failure why there is no result, where there is none
 * @param elapsed from the start of its upload to its last result
 */
public record VideoReport(
    Path file,
    Optional<Run> run,
    Optional<Path> detectionsFile,
    Optional<Path> annotatedFile,
    Optional<Failure> annotationFailure,
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
        Optional.empty(),
        Optional.empty(),
        Optional.of(new Failure(code, message)),
        Duration.ZERO);
  }

  /** One whose annotated video isn't known of. */
  public static VideoReport of(
      Path file,
      Optional<Run> run,
      Optional<Path> detectionsFile,
      Optional<Failure> failure,
      Duration elapsed) {
    return new VideoReport(
        file, run, detectionsFile, Optional.empty(), Optional.empty(), failure, elapsed);
  }

  /** This one, with an annotated video. */
  public VideoReport annotated(Path video) {
    return new VideoReport(
        file, run, detectionsFile, Optional.of(video), Optional.empty(), failure, elapsed);
  }

  /** This one, with why there is no annotated video. */
  public VideoReport notAnnotated(Failure why) {
    return new VideoReport(
        file, run, detectionsFile, Optional.empty(), Optional.of(why), failure, elapsed);
  }

  public Run.Status status() {
    return run.map(Run::status).orElse(Run.Status.REJECTED);
  }

  /**
   * 0 for a complete run, 1 where frames or the annotated video are missing, 2 where the input is
   * of no use.
   */
  public int exitStatus() {
    return switch (status()) {
      case COMPLETE -> annotationFailure.isPresent() ? 1 : 0;
      case RUNNING, INCOMPLETE -> 1;
      case REJECTED -> 2;
    };
  }
}
