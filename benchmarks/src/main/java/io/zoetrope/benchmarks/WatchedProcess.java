package io.zoetrope.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A JVM of ours that prints {@code waiting} when it is ready, and answers each line on its standard
 * input with the number of frames that it has done. It ends when it is closed. One thread.
 */
final class WatchedProcess implements AutoCloseable {
  private final Process process;
  private final BufferedReader answers;
  private final OutputStream questions;

  /** Returns when it is ready. */
  WatchedProcess(List<String> jvmOptions, Class<?> main, List<String> arguments)
      throws IOException {
    List<String> command = new ArrayList<>(List.of("java"));
    command.addAll(jvmOptions);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(arguments);
    process = new ProcessBuilder(command).redirectError(Redirect.INHERIT).start();
    answers = process.inputReader(UTF_8);
    questions = process.getOutputStream();
    String answer = answers.readLine();
    while (!"waiting".equals(answer)) {
      if (answer == null) {
        throw new IllegalStateException(main.getSimpleName() + " ended before it was ready");
      }
      answer = answers.readLine();
    }
  }

  /** Frames that it has done; whatever else it prints is passed over. */
  long frames() throws IOException {
    ask();
    String answer = answers.readLine();
    while (answer != null && !answer.matches("\\d+")) {
      answer = answers.readLine();
    }
    if (answer == null) {
      throw new IllegalStateException("the process has ended");
    }
    return Long.parseLong(answer);
  }

  /** A line that isn't answered. */
  void ask() throws IOException {
    questions.write('\n');
    questions.flush();
  }

  long residentKib() throws IOException {
    return residentKib(process.pid());
  }

  /** Memory of a process that is in use. */
  static long residentKib(long pid) throws IOException {
    return Files.readAllLines(Path.of("/proc", Long.toString(pid), "status")).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .findFirst()
        .orElse(0);
  }

  @Override
  public void close() throws IOException {
    questions.close();
    process.onExit().join();
  }
}
