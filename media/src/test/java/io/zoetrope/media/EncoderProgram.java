package io.zoetrope.media;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * An {@code ffmpeg} that runs as a child process and makes test media. It is under the GPL, for it
 * has x264 and x265 in it, and so it never comes near the class path.
 */
final class EncoderProgram {
  private static final long TIMEOUT_SECONDS = 120;

  private final Path program;

  private EncoderProgram(Path program) {
    this.program = program;
  }

  /** The one that the build unpacks; empty when tests run without Maven. */
  static Optional<EncoderProgram> bundled() {
    return Optional.ofNullable(System.getProperty("zoetrope.generator"))
        .map(folder -> Path.of(folder).resolve("ffmpeg"))
        .filter(Files::isRegularFile)
        .map(EncoderProgram::executable);
  }

  /** The one of this machine, for Theora and Xvid, which the bundled one can't write. */
  static Optional<EncoderProgram> installed() {
    return Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
        .map(folder -> Path.of(folder, "ffmpeg"))
        .filter(Files::isExecutable)
        .findFirst()
        .map(EncoderProgram::new);
  }

  /** Runs it in {@code folder} until it is done. */
  void run(Path folder, List<String> arguments) {
    List<String> command =
        new ArrayList<>(List.of(program.toString(), "-nostdin", "-hide_banner", "-v", "error"));
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().put("LD_LIBRARY_PATH", program.getParent().toString());
    Path log = folder.resolve("ffmpeg.log");
    builder.redirectErrorStream(true).redirectOutput(log.toFile());
    try {
      Process process = builder.start();
      boolean ended = process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS);
      if (!ended) {
        process.destroyForcibly();
      }
      if (!ended || process.exitValue() != 0) {
        throw new IllegalStateException(
            String.join(" ", command) + "\n" + Files.readString(log, UTF_8));
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static EncoderProgram executable(Path program) {
    // A jar doesn't keep this.
    if (!program.toFile().setExecutable(true)) {
      throw new IllegalStateException(program + " can't be made executable");
    }
    return new EncoderProgram(program);
  }
}
