package io.zoetrope.integration;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.zoetrope.schemas.registry.LogSchemaRegistry;
import io.zoetrope.schemas.serdes.EventSerdes;
import io.zoetrope.splitter.VideoSplitter;
import io.zoetrope.store.FileMediaStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A splitter in a process of its own, which can be stopped where it stands. */
final class SplitterProcess implements AutoCloseable {
  private final Process process;

  private SplitterProcess(Process process) {
    this.process = process;
  }

  /** Begins to take part; its settings are those of {@link SplitterTurnsIT}. */
  static SplitterProcess start(Map<String, Object> kafka, Path media) throws IOException {
    return new SplitterProcess(
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                SplitterProcess.class.getName(),
                kafka.get("bootstrap.servers").toString(),
                media.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start());
  }

  /** Takes part until its standard input ends. */
  public static void main(String[] arguments) throws IOException {
    Map<String, Object> kafka = Map.of("bootstrap.servers", arguments[0]);
    try (LogSchemaRegistry registry = LogSchemaRegistry.open(kafka);
        VideoSplitter splitter =
            new VideoSplitter(
                SplitterTurnsIT.settings(kafka, "b"),
                new EventSerdes(registry),
                FileMediaStore.open(Path.of(arguments[1]), List.of()),
                new SimpleMeterRegistry())) {
      splitter.start();
      while (System.in.read() >= 0) {}
    }
  }

  void freeze() throws Exception {
    signal("STOP");
  }

  void thaw() throws Exception {
    signal("CONT");
  }

  private void signal(String signal) throws Exception {
    new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid())).start().waitFor();
  }

  /** Ends it as it ends by itself, or else at once. */
  @Override
  public void close() throws IOException {
    process.getOutputStream().close();
    process
        .onExit()
        .completeOnTimeout(process, 10, TimeUnit.SECONDS)
        .thenCompose(still -> still.destroyForcibly().onExit())
        .join();
  }
}
