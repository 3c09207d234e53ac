package io.zoetrope.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.ProcessBuilder.Redirect;
import java.util.ArrayList;
import java.util.List;

/**
 * A process that works, and is measured now and then. One thread; the other end of a {@link
 * Subject}.
 */
final class MeasuredProcess implements AutoCloseable {
  private final Process process;
  private final BufferedReader answers;
  private final PrintStream requests;

  private MeasuredProcess(Process process) {
    this.process = process;
    this.answers = process.inputReader(UTF_8);
    this.requests = new PrintStream(process.getOutputStream(), true, UTF_8);
  }

  /** Starts the class, which begins its work at once, and ends when this process does. */
  static MeasuredProcess start(Class<?> main, List<String> jvm, List<String> arguments)
      throws IOException {
    List<String> command = Launcher.command(main, jvm, arguments);
    return new MeasuredProcess(new ProcessBuilder(command).redirectError(Redirect.INHERIT).start());
  }

  /** Lets it work, and measures the last of it. */
  Measurement measure(int secondsBefore, int seconds) throws IOException, InterruptedException {
    requests.println(secondsBefore + " " + seconds);
    List<String> lines = new ArrayList<>();
    for (String line = answers.readLine(); !Subject.END.equals(line); line = answers.readLine()) {
      if (line == null) {
        lines.forEach(System.out::println);
        throw new IllegalStateException("the process ended with " + process.waitFor());
      }
      lines.add(line);
    }
    return Measurement.parse(lines);
  }

  /** Ends it and waits for that. */
  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}
