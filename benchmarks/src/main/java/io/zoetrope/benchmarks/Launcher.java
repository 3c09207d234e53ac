package io.zoetrope.benchmarks;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** How the launcher starts a JVM for a service. */
final class Launcher {
  private Launcher() {}

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
}
