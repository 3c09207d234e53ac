package io.zoetrope.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.ProcessBuilder.Redirect;
import java.util.ArrayList;
import java.util.List;

/**
 * A process that works and is measured now and then; in between it is stopped, and takes nothing of
 * the machine. One thread, of {@link Subject#serve} the other end.
 */
final class MeasuredProcess implements AutoCloseable {
  private final Process process;
  private final BufferedReader answers;
  private final PrintStream requests;
  private final Thread killer;

  private MeasuredProcess(Process process) {
    this.process = process;
    this.answers = process.inputReader(UTF_8);
    this.requests = new PrintStream(process.getOutputStream(), true, UTF_8);
    this.killer = new Thread(process::destroyForcibly);
  }

  /** Starts the class, which begins its work at once. */
  static MeasuredProcess start(Class<?> main, List<String> jvm, List<String> arguments)
      throws IOException {
    List<String> command = Launcher.command(main, jvm, arguments);
    MeasuredProcess started =
        new MeasuredProcess(new ProcessBuilder(command).redirectError(Redirect.INHERIT).start());
    // A stopped process would outlive an interrupt of both.
    Runtime.getRuntime().addShutdownHook(started.killer);
    return started;
  }

  /** Lets it work, measures the last of it, and stops it. */
  Measurement measure(int secondsBefore, int seconds) throws IOException, InterruptedException {
    signal("CONT");
    requests.println(secondsBefore + " " + seconds);
    List<String> lines = new ArrayList<>();
    for (String line = answers.readLine(); !Subject.END.equals(line); line = answers.readLine()) {
      if (line == null) {
        lines.forEach(System.out::println);
        throw new IllegalStateException("the process ended with " + process.waitFor());
      }
      lines.add(line);
    }
    signal("STOP");
    return Measurement.parse(lines);
  }

  private void signal(String name) throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
        .inheritIO()
        .start()
        .waitFor();
  }

  /** Ends it and waits for that. */
  @Override
  public void close() {
    Runtime.getRuntime().removeShutdownHook(killer);
    process.destroyForcibly().onExit().join();
  }
}
