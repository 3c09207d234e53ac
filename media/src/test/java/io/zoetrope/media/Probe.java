package io.zoetrope.media;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** The {@code ffprobe} of this machine, which knows nothing of the project. */
final class Probe {
  private Probe() {}

  /** Values that it prints of a file, a line each; skips the test where there is no ffprobe. */
  static List<String> of(Path file, String streams, String entries, String... more) {
    List<String> command =
        new ArrayList<>(List.of(program().toString(), "-v", "quiet", "-select_streams", streams));
    command.addAll(List.of(more));
    command.addAll(List.of("-show_entries", entries, "-of", "default=nw=1:nk=1", file.toString()));
    try {
      Process process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      try (Stream<String> lines = process.inputReader(UTF_8).lines()) {
        return lines.toList();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** When each frame is shown, in microseconds; empty where it can't say. */
  static List<OptionalLong> frameTimes(Path file, int stream) {
    return of(file, String.valueOf(stream), "frame=best_effort_timestamp_time").stream()
        .map(time -> time.equals("N/A") ? OptionalLong.empty() : OptionalLong.of(micros(time)))
        .toList();
  }

  /** When the file starts, in microseconds; 0 where it can't say. */
  static long startTime(Path file) {
    String time = of(file, "v", "format=start_time").get(0);
    return time.equals("N/A") ? 0 : micros(time);
  }

  private static long micros(String seconds) {
    return new BigDecimal(seconds).movePointRight(6).longValueExact();
  }

  private static Path program() {
    return Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
        .map(folder -> Path.of(folder, "ffprobe"))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseGet(
            () -> {
              assumeTrue(false, "needs ffprobe");
              throw new IllegalStateException();
            });
  }
}
