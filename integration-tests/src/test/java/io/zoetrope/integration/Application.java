package io.zoetrope.integration;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The built application, run as its users run it: processes of their own, with their own output.
 */
final class Application {
  private static final Path HOME = Path.of("../zoetrope-cli/target/zoetrope").toAbsolutePath();
  private static final String NATIVES = "native/ai/onnxruntime/native/linux-x64";
  private static final String JAVA =
      Path.of(System.getProperty("java.home"), "bin", "java").toString();
  private static final int MINUTES = 5;

  /** The other one takes half of the processor time of a start. */
  private static final String ONE_COMPILER = "-XX:TieredStopAtLevel=1";

  private final Path folder;
  private int runs;

  /**
   * What a process left behind.
   *
   * @param status its exit status
   */
  record Finished(int status, String out, String err) {}

  /** An application whose processes work in {@code folder}, their home folder too. */
  Application(Path folder) {
    this.folder = folder;
  }

  /** Runs to the end. */
  Finished run(String... arguments) throws IOException, InterruptedException {
    return await(start(arguments), arguments);
  }

  /** Runs to the end, started again on the way where it crashes. */
  Finished launchAndWait(Map<String, String> environment, String... arguments)
      throws IOException, InterruptedException {
    return await(launch(environment, arguments), arguments);
  }

  private static Finished await(Running running, String... arguments)
      throws IOException, InterruptedException {
    try {
      if (!running.process.waitFor(MINUTES, TimeUnit.MINUTES)) {
        throw new AssertionError(
            "%s took longer than %d minutes:%n%s"
                .formatted(String.join(" ", arguments), MINUTES, running.err()));
      }
      return new Finished(running.process.exitValue(), running.out(), running.err());
    } finally {
      running.kill();
    }
  }

  /** Starts as the launcher does, which starts again what crashes; returns at once. */
  Running launch(Map<String, String> environment, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of("bash", HOME.resolve("run").toString(), JAVA));
    command.addAll(List.of(arguments));
    return start(command, environment);
  }

  /** Starts, and returns at once. */
  Running start(String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(JAVA);
    command.add("@" + HOME.resolve("jvm.options"));
    command.add("-Donnxruntime.native.path=" + HOME.resolve(NATIVES));
    command.add(ONE_COMPILER);
    command.addAll(List.of("-cp", HOME.resolve("lib") + "/*", "io.zoetrope.cli.Main"));
    command.addAll(List.of(arguments));
    return start(command, Map.of());
  }

  private Running start(List<String> command, Map<String, String> environment) throws IOException {
    runs++;
    Path out = folder.resolve("out-" + runs + ".txt");
    Path err = folder.resolve("err-" + runs + ".txt");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().put("ZOETROPE_JAVA_OPTS", ONE_COMPILER);
    builder.environment().putAll(environment);
    builder.environment().put("XDG_CACHE_HOME", folder.resolve("cache").toString());
    return new Running(builder.start(), out, err);
  }

  /** A process that goes on; closing kills it, as it would any left-over of a failed test. */
  record Running(Process process, Path outFile, Path errFile) implements AutoCloseable {
    String out() throws IOException {
      return Files.readString(outFile);
    }

    String err() throws IOException {
      return Files.readString(errFile);
    }

    /** As Ctrl-C does. */
    int interrupt() throws IOException, InterruptedException {
      return stop("INT");
    }

    /** As a supervisor does. */
    int terminate() throws IOException, InterruptedException {
      return stop("TERM");
    }

    private int stop(String signal) throws IOException, InterruptedException {
      new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid())).start().waitFor();
      if (!process.waitFor(1, TimeUnit.MINUTES)) {
        throw new AssertionError("still there a minute after SIG" + signal + ":\n" + err());
      }
      return process.exitValue();
    }

    /** As {@code kill -9} does, also to what it has started. */
    void kill() {
      List<ProcessHandle> children = process.descendants().toList();
      process.destroyForcibly().onExit().join();
      children.forEach(child -> child.destroyForcibly());
      children.forEach(child -> child.onExit().join());
    }

    @Override
    public void close() {
      kill();
    }
  }
}
