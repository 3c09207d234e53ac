package io.zoetrope.cli.detect;

import io.zoetrope.cli.report.VideoReport.Failure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** What can be said about a video of the command line without opening it. */
public final class VideoInput {
  private VideoInput() {}

  /** Why it can't be used; empty where nothing speaks against it. */
  public static Optional<Failure> problem(Path file) {
    if (Files.isRegularFile(file) && Files.isReadable(file)) {
      return Optional.empty();
    }
    String what = Files.exists(file) ? "is no file that can be read" : "does not exist";
    return Optional.of(new Failure("FILE_UNREADABLE", file + " " + what + "; check its name"));
  }
}
