package io.zoetrope.faults;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Commands that run a class of the built application. */
final class Java {
  private static final Path HOME = Path.of("../zoetrope-cli/target/zoetrope").toAbsolutePath();
  private static final String NATIVES = "native/ai/onnxruntime/native/linux-x64";

  private Java() {}

  /** One compiler and a small heap: many of them share a machine. */
  static List<String> command(int heapMegabytes, String main, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("@" + HOME.resolve("jvm.options"));
    command.add("-Donnxruntime.native.path=" + HOME.resolve(NATIVES));
    command.addAll(List.of("-Xmx" + heapMegabytes + "m", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("-cp", HOME.resolve("lib") + "/*", main));
    command.addAll(arguments);
    return command;
  }
}
