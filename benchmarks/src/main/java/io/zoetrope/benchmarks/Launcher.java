package io.zoetrope.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** How the launcher starts a service. */
final class Launcher {
  private static final List<String> BATCH = List.of("chrt", "--batch", "0");

  private Launcher() {}

  /**
   * The command that runs a class with the launcher's options.
   *
   * @param more options for the JVM
   */
  static List<String> command(Class<?> main, List<String> more, List<String> arguments) {
    List<String> command = new ArrayList<>();
    if (hasBatchPolicy()) {
      command.addAll(BATCH);
    }
    command.add("java");
    command.addAll(options(more));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(arguments);
    return command;
  }

  /** The launcher's options, and {@code more}; empty ones are left out. */
  static List<String> options(List<String> more) {
    Path application = Path.of(System.getProperty("zoetrope.application"));
    List<String> options = new ArrayList<>();
    options.add("@" + application.resolve("jvm.options"));
    options.add(
        "-Donnxruntime.native.path="
            + application.resolve("native/ai/onnxruntime/native/linux-x64"));
    more.stream().filter(option -> !option.isEmpty()).forEach(options::add);
    return options;
  }

  private static boolean hasBatchPolicy() {
    List<String> command = new ArrayList<>(BATCH);
    command.add("true");
    try {
      return new ProcessBuilder(command).start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
